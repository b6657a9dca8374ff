package org.deconvnet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class ClassifiersTest {
  private static final long MANY = ExperimentOptions.Classifier.LARGEST_EXACT + 1L;
  private static final Map<String, Double> MAXIMA = Map.of("layer1-sparse", 1.0);
  private static final Map<String, Double> HISTOGRAMS = Map.of("layer1-hard", 1.0);

  @Test
  void eachMachineHasAPenaltyOfItsOwnUntilOneIsGiven() {
    assertThat(Classifiers.cWithoutGrams(options(List.of(), MAXIMA), MAXIMA)).isEqualTo(1);
    assertThat(Classifiers.cWithoutGrams(options(List.of(), HISTOGRAMS), HISTOGRAMS)).isEqualTo(10);
    for (Map<String, Double> kernels : List.of(MAXIMA, HISTOGRAMS)) {
      assertThat(Classifiers.cWithoutGrams(options(List.of(3.0), kernels), kernels)).isEqualTo(3);
    }
  }

  @Test
  void candidatesAreForKernelMachinesAlone() {
    ExperimentOptions several = options(List.of(1.0, 10.0), MAXIMA);
    Classifiers.requireTrainable(several, MANY - 1);
    assertThatThrownBy(() -> Classifiers.requireTrainable(several, MANY))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("classifier.c: expected one candidate for 5001 training images")
        .hasMessageContaining("classifier.kind exact");
    Classifiers.requireTrainable(options(List.of(), MAXIMA), MANY);
  }

  @Test
  void histogramsOfManyImagesHaveWeightOne() {
    ExperimentOptions weighted = options(List.of(), Map.of("layer1-hard", 0.5));
    Classifiers.requireTrainable(weighted, MANY - 1);
    assertThatThrownBy(() -> Classifiers.requireTrainable(weighted, MANY))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("layer1-hard at 0.5");
    Classifiers.requireTrainable(
        options(List.of(), Map.of("layer1-hard", 0.5, "layer1-sparse", 1.0)), MANY);
  }

  private static ExperimentOptions options(List<Double> c, Map<String, Double> combination) {
    ExperimentOptions all = ExperimentOptions.DEFAULTS;
    Vocabulary plain = Vocabulary.DEFAULTS;
    Vocabulary both =
        new Vocabulary(
            plain.name(),
            plain.source(),
            plain.activations(),
            plain.weights(),
            plain.descriptors(),
            plain.pixels(),
            plain.words(),
            plain.pyramid(),
            List.of(PyramidCode.HARD, PyramidCode.SPARSE));
    return new ExperimentOptions(
        all.seed(),
        all.corpus(),
        all.preprocess(),
        all.network(),
        new ExperimentOptions.Features(1000, 0, 15, List.of(both)),
        new ExperimentOptions.Classifier("auto", c, 3, List.of(combination)),
        all.split());
  }
}
