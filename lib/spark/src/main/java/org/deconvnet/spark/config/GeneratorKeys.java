package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;

/** The keys of a configuration that trains a generator, bound to the core's options. */
final class GeneratorKeys {
  static final Section<GenerationOptions> GENERATION =
      Section.of(
          GenerationOptions.DEFAULTS,
          GeneratorKeys::generation,
          List.of(
              new Key<>("seed", Long.class, GenerationOptions::seed),
              new Key<>("corpus", ExperimentOptions.Corpus.class, GenerationOptions::corpus),
              new Key<>("generate", GeneratorSettings.class, GenerationOptions::generate)));

  static final Section<GeneratorSettings> NETWORKS =
      Section.of(
          GeneratorSettings.DEFAULTS,
          GeneratorKeys::networks,
          List.of(
              Key.text("engine", GeneratorSettings::engine),
              Key.whole("images", GeneratorSettings::images),
              new Key<>("upright", Boolean.class, GeneratorSettings::upright),
              new Key<>("enlarge", Boolean.class, GeneratorSettings::enlarge),
              Key.whole("side", generate -> generate.options().side()),
              new Key<>("grey", Boolean.class, generate -> generate.options().grey()),
              Key.whole("filters", generate -> generate.options().filters()),
              Key.whole("noise", generate -> generate.options().noise()),
              Key.whole("ghostGroup", generate -> generate.options().ghostGroup()),
              Key.whole("batch", generate -> generate.options().batch()),
              Key.number("rate", generate -> generate.options().rate()),
              Key.number("beta1", generate -> generate.options().beta1()),
              Key.whole("epochs", generate -> generate.options().epochs())));

  private GeneratorKeys() {}

  private static GenerationOptions generation(Values values) {
    return new GenerationOptions(
        values.as("seed", Long.class),
        values.as("corpus", ExperimentOptions.Corpus.class),
        values.as("generate", GeneratorSettings.class));
  }

  private static GeneratorSettings networks(Values values) {
    return new GeneratorSettings(
        values.text("engine"),
        values.whole("images"),
        values.as("upright", Boolean.class),
        values.as("enlarge", Boolean.class),
        new AdversarialOptions(
            values.whole("side"),
            values.as("grey", Boolean.class),
            values.whole("filters"),
            values.whole("noise"),
            values.whole("ghostGroup"),
            values.whole("batch"),
            values.number("rate"),
            values.number("beta1"),
            values.whole("epochs")));
  }
}
