package org.deconvnet.network.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassScoresTest {
  private static final Shape VECTOR = new Shape(3, 1, 1);

  /** Nodes that each take what the one before gives; the first gives maps. */
  private static CnnGraph chain(String... operators) {
    List<CnnNode> nodes = new ArrayList<>();
    Map<String, Shape> shapes = new HashMap<>(Map.of("image", new Shape(1, 4, 4)));
    String last = "image";
    for (int i = 0; i < operators.length; i++) {
      nodes.add(node("t" + i, operators[i], last));
      shapes.put("t" + i, i == 0 ? new Shape(3, 4, 4) : VECTOR);
      last = "t" + i;
    }
    return new CnnGraph(nodes, Map.of(), Set.of(), "image", shapes);
  }

  private static CnnNode node(String output, String operator, String input) {
    return new CnnNode("/" + output, operator, List.of(input), List.of(output), Attributes.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "Gemm, Identity, false",
    "Gemm, Relu, false",
    "Gemm, LogSoftmax, false",
    "Gemm, Softmax, true",
    "Gemm, Sigmoid, true",
    "Softmax, Reshape, true",
    "Softmax, Gemm, false"
  })
  void aSoftmaxIsTakenOnceAlone(String lowest, String top, boolean probabilities) {
    ClassScores scores = ClassScores.of(chain("Conv", lowest, top));
    assertThat(scores).isEqualTo(new ClassScores("t2", 3, probabilities));
  }

  @Test
  void probabilitiesSumToOneHoweverLargeTheScores() {
    FeatureMaps scores = FeatureMaps.of(VECTOR, new float[] {1e6f, 1e6f, -1e6f});
    assertThat(new ClassScores("t", 3, false).probabilitiesOf(scores)).containsExactly(0.5, 0.5, 0);
    FeatureMaps already = FeatureMaps.of(VECTOR, new float[] {0.25f, 0.5f, 0.25f});
    assertThat(new ClassScores("t", 3, true).probabilitiesOf(already))
        .containsExactly(0.25, 0.5, 0.25);
    double[] ofLogarithms =
        new ClassScores("t", 3, false)
            .probabilitiesOf(
                FeatureMaps.of(
                    VECTOR,
                    new float[] {
                      (float) Math.log(0.2), (float) Math.log(0.7), (float) Math.log(0.1)
                    }));
    assertThat(ofLogarithms).containsExactly(new double[] {0.2, 0.7, 0.1}, within(1e-7));
  }

  @Test
  void aNetworkWithoutOneVectorAsItsOutputIsRefused() {
    assertThatThrownBy(() -> ClassScores.of(chain("Conv")))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected one output with a number a class, got none");
    List<CnnNode> two = List.of(node("a", "Gemm", "image"), node("b", "Gemm", "image"));
    Map<String, Shape> shapes = Map.of("image", new Shape(1, 4, 4), "a", VECTOR, "b", VECTOR);
    assertThatThrownBy(() -> ClassScores.of(new CnnGraph(two, Map.of(), Set.of(), "image", shapes)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("got a, b;");
  }

  @Test
  void numbersThatAreNoneAreADefectOfTheNetwork() {
    FeatureMaps scores = FeatureMaps.of(VECTOR, new float[] {1, Float.NaN, 0});
    assertThatThrownBy(() -> new ClassScores("t", 3, false).probabilitiesOf(scores))
        .hasMessageContaining("class scores: expected finite numbers, got NaN");
  }
}
