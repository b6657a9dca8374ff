package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.pursuit.PursuitOptions;
import org.deconvnet.pursuit.Signs;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.pyramid.PyramidOptions;

/** The keys of a vocabulary, bound to the core's options. */
final class VocabularyKeys {
  static final Section<Vocabulary> VOCABULARY =
      Section.of(
          Vocabulary.DEFAULTS,
          VocabularyKeys::vocabulary,
          List.of(
              Key.text("name", Vocabulary::name),
              Key.text("source", Vocabulary::source),
              Key.whole("activations", Vocabulary::activations),
              new Key<>("weights", DescriptorWeights.class, Vocabulary::weights),
              Key.whole("patch", vocabulary -> vocabulary.descriptors().patch()),
              Key.whole("step", vocabulary -> vocabulary.descriptors().step()),
              Key.whole("cells", vocabulary -> vocabulary.descriptors().cells()),
              Key.number("clip", vocabulary -> vocabulary.descriptors().clip()),
              Key.whole("longestSide", vocabulary -> vocabulary.pixels().longestSide()),
              Key.whole("atoms", vocabulary -> vocabulary.pixels().pursuit().atoms()),
              Key.whole("sparsity", vocabulary -> vocabulary.pixels().pursuit().sparsity()),
              Key.whole("rounds", vocabulary -> vocabulary.pixels().pursuit().rounds()),
              new Key<>("signs", Signs.class, v -> v.pixels().pursuit().signs()),
              Key.whole("words", Vocabulary::words),
              Key.whole("levels", vocabulary -> vocabulary.pyramid().levels()),
              Key.list("codings", PyramidCode.class, Vocabulary::codings)));

  private VocabularyKeys() {}

  /** A vocabulary without a name is called by its source. */
  private static Vocabulary vocabulary(Values values) {
    return new Vocabulary(
        values.text(values.isGiven("name") ? "name" : "source"),
        values.text("source"),
        values.whole("activations"),
        values.as("weights", DescriptorWeights.class),
        new DescriptorOptions(
            values.whole("patch"),
            values.whole("step"),
            values.whole("cells"),
            values.number("clip")),
        pixels(values),
        values.whole("words"),
        new PyramidOptions(values.whole("levels")),
        values.list("codings", PyramidCode.class));
  }

  private static PixelOptions pixels(Values values) {
    return new PixelOptions(
        values.whole("longestSide"),
        new PursuitOptions(
            values.whole("atoms"),
            values.whole("sparsity"),
            values.whole("rounds"),
            values.as("signs", Signs.class)));
  }
}
