package org.deconvnet.spark.page;

import java.util.List;
import org.deconvnet.restore.Denoiser;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.LearnedSettings;

/**
 * Whether {@code denoise} will take the model that a configuration learns: known before it is
 * learned.
 *
 * @param possible whether networks of its kind denoise at all; where they do not, a warning at
 *     every training would be noise, so only the model's report says so
 * @param obstacles settings that {@code denoise} refuses; empty if it takes the model
 */
public record DenoisingUse(boolean possible, List<String> obstacles) {
  public static DenoisingUse of(ExperimentOptions options) {
    LearnedSettings network = options.network().learned();
    return network.denoises()
        ? new DenoisingUse(
            true,
            Denoiser.obstacles(options.preprocess()).stream().map(o -> "preprocess." + o).toList())
        : new DenoisingUse(false, List.of("network.model: " + network.family()));
  }

  public boolean worthSaying() {
    return possible && !obstacles.isEmpty();
  }

  public String warning() {
    return "this model cannot denoise: its configuration has %s; with the section preprocess of conf/denoise-dn.yaml it can"
        .formatted(String.join(", ", obstacles));
  }

  /** For the model's report. */
  public String fact() {
    return obstacles.isEmpty() ? "yes" : "no: " + String.join(", ", obstacles);
  }
}
