package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.view.StrongestImages.Place;
import org.junit.jupiter.api.Test;

class StrongestImagesTest {
  /** Given strongest activations: one layer with two maps, one with one. */
  private record Given(float first, float second, float above) implements LayerActivations {
    @Override
    public int depth() {
      return 2;
    }

    @Override
    public void infer(FeatureMaps image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Activation> strongestOfMaps(int number) {
      return number == 1
          ? List.of(new Activation(3, first), new Activation(12, second))
          : List.of(new Activation(5, above));
    }

    @Override
    public double density(int number) {
      return number / 10.0;
    }

    @Override
    public MapWindow inPixels(int number, Activation activation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ReceptiveField field(int number, Activation activation) {
      throw new UnsupportedOperationException();
    }
  }

  private static List<String> images(StrongestImages best, int layer, int map) {
    return best.of(layer, map).stream().map(ImageActivation::image).toList();
  }

  @Test
  void sizeDecidesThenTheId() {
    StrongestImages best = new StrongestImages(2);
    best.offer("c", new Given(-4, 1, 0));
    best.offer("a", new Given(3, -1, 0));
    best.offer("b", new Given(4, 0, 0));
    assertThat(images(best, 1, 0)).containsExactly("b", "c");
    assertThat(best.of(1, 0).get(1).activation()).isEqualTo(new Activation(3, -4));
    assertThat(images(best, 1, 1)).containsExactly("a", "c");
    assertThat(best.maps(2)).isOne();
    assertThat(best.of(2, 0)).isEmpty();
  }

  @Test
  void aSurveyIsTheSameHoweverItsImagesAreDivided() {
    ActivationSurvey all = new ActivationSurvey(2);
    all.offer("y", new Given(2, 7, 1));
    all.offer("x", new Given(1, 8, -1));
    ActivationSurvey other = new ActivationSurvey(2);
    other.offer("x", new Given(1, 8, -1));
    ActivationSurvey merged = new ActivationSurvey(2);
    merged.offer("y", new Given(2, 7, 1));
    merged.merge(other).merge(new ActivationSurvey(2));
    assertThat(merged.images()).isEqualTo(2);
    assertThat(merged.densities(2)).containsExactly(0.2, 0.2).isEqualTo(all.densities(2));
    assertThat(merged.best().of(1, 1)).isEqualTo(all.best().of(1, 1)).hasSize(2);
    assertThat(merged.best().ofFirst(1).maps(1)).isOne();
    assertThat(merged.best().ofFirst(9).maps(1)).isEqualTo(2);
  }

  @Test
  void placesByImage() {
    StrongestImages best = new StrongestImages(2);
    best.offer("y", new Given(2, 7, 1));
    best.offer("x", new Given(1, 8, -1));
    assertThat(best.byImage()).containsOnlyKeys("x", "y");
    assertThat(best.byImage().get("x"))
        .containsExactly(
            new Place(1, 0, 1, new Activation(3, 1)),
            new Place(1, 1, 0, new Activation(12, 8)),
            new Place(2, 0, 0, new Activation(5, -1)));
  }

  @Test
  void orderAndPartsOfTheCorpusDoNotMatter() {
    Random random = new Random(8);
    List<Integer> ids = new ArrayList<>();
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(i);
      given.add(new Given(random.nextInt(5) - 2, random.nextFloat(), random.nextInt(2)));
    }
    StrongestImages whole = new StrongestImages(9);
    ids.forEach(i -> whole.offer("image" + i, given.get(i)));
    for (int parts = 1; parts <= 5; parts++) {
      Collections.shuffle(ids, random);
      List<StrongestImages> each = new ArrayList<>();
      for (int part = 0; part <= parts; part++) { // the last one stays empty
        each.add(new StrongestImages(9));
      }
      for (int i : ids) {
        each.get(i % parts).offer("image" + i, given.get(i));
      }
      Collections.shuffle(each, random);
      StrongestImages merged = each.stream().reduce(StrongestImages::merge).orElseThrow();
      assertThat(merged.byImage()).isEqualTo(whole.byImage());
      assertThat(merged.of(1, 0)).isEqualTo(whole.of(1, 0)).hasSize(9);
    }
  }

  @Test
  void noneIsTooFew() {
    assertThatThrownBy(() -> new StrongestImages(0))
        .hasMessageContaining("top activations of a map: expected at least 1, got 0");
  }
}
