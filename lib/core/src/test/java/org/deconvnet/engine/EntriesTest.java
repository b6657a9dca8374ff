package org.deconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class EntriesTest {
  @Test
  void everyPlaceIsKeptOnceInARowAndColumnOfItsGroup() {
    Random random = new Random(4);
    for (int span : new int[] {1, 3, 10}) {
      Entries entries = new Entries(span);
      for (Shape shape :
          new Shape[] {new Shape(4, 9, 23), new Shape(1, 1, 1), new Shape(4, 9, 23)}) {
        int[] index = random.ints(0, shape.size()).distinct().limit(1 + shape.size() / 3).toArray();
        entries.set(shape, index);
        assertThat(places(entries)).isEqualTo(index);
      }
    }
  }

  @Test
  void zerosAreLeftOut() {
    Entries entries = new Entries(2);
    entries.setNonZeros(new Shape(2, 2, 3), new int[] {11, 4, 0, 7}, new float[] {1, 0, -2, -0f});
    assertThat(entries.size()).isEqualTo(2);
    assertThat(places(entries)).isEqualTo(new int[] {11, -1, 0});
  }

  /** The places in the order given, −1 where one was left out, read back from the groups. */
  private static int[] places(Entries entries) {
    Shape shape = entries.maps();
    int[] found = new int[shape.size()];
    Arrays.fill(found, -1);
    int given = 0;
    for (int g = 0; g < entries.groups(); g++) {
      assertThat(entries.start(g + 1)).isGreaterThan(entries.start(g));
      for (int e = entries.start(g); e < entries.start(g + 1); e++) {
        int x = entries.column(g) + entries.shift()[e];
        int source = entries.source()[e];
        assertThat(found[source]).isEqualTo(-1);
        found[source] = entries.map()[e] * shape.plane() + entries.row(g) * shape.width() + x;
        given = Math.max(given, source + 1);
      }
    }
    return Arrays.copyOf(found, given);
  }
}
