package org.deconvnet.spark.page;

import java.util.List;
import org.deconvnet.restore.Denoiser;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.NetworkSettings;

/**
 * Whether {@code denoise} will take the model that a configuration learns: known before it is
 * learned.
 *
 * @param dn whether it is a network of 2010; no other is ever denoised with, and a warning at every
 *     training of one would be noise, so only its report says so
 * @param obstacles settings that {@code denoise} refuses; empty if it takes the model
 */
public record DenoisingUse(boolean dn, List<String> obstacles) {
  public static DenoisingUse of(ExperimentOptions options) {
    NetworkSettings network = options.network();
    return network.denoises()
        ? new DenoisingUse(
            true,
            Denoiser.obstacles(options.preprocess()).stream().map(o -> "preprocess." + o).toList())
        : new DenoisingUse(false, List.of("network.model: " + network.family()));
  }

  public boolean worthSaying() {
    return dn && !obstacles.isEmpty();
  }

  public String warning() {
    return "this model cannot denoise: its configuration has %s; conf/denoise-dn.yaml is one that can"
        .formatted(String.join(", ", obstacles));
  }

  /** For the model's report. */
  public String fact() {
    return obstacles.isEmpty() ? "yes" : "no: " + String.join(", ", obstacles);
  }
}
