package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class BatchLayoutTest {
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private static final int IMAGES = 60;
  private static final int PARTS = 3;

  @Test
  void partsOfABatchHaveAboutTheSamePixels() {
    Random random = new Random(1);
    List<AdaptiveImage> images =
        IntStream.range(0, IMAGES).mapToObj(i -> image(i, 1 + random.nextInt(40))).toList();
    List<List<AdaptiveImage>> parts = laidOut(images).glom().collect();
    assertThat(parts).hasSize(3 * PARTS);
    for (int batch = 0; batch < 3; batch++) {
      List<List<AdaptiveImage>> own = parts.subList(batch * PARTS, (batch + 1) * PARTS);
      assertThat(own.stream().mapToInt(List::size).sum()).isEqualTo(20);
      long[] pixels = own.stream().mapToLong(BatchLayoutTest::pixels).sorted().toArray();
      assertThat(pixels[PARTS - 1] - pixels[0]).isLessThanOrEqualTo(40);
    }
  }

  @Test
  void imagesOfOneSizeAreDealtOutEvenly() {
    List<AdaptiveImage> images = IntStream.range(0, IMAGES).mapToObj(i -> image(i, 4)).toList();
    assertThat(laidOut(images).glom().collect())
        .allSatisfy(part -> assertThat(part).hasSizeBetween(6, 7));
  }

  @Test
  void theOrderOfReadingChangesNoPart() {
    List<AdaptiveImage> images =
        IntStream.range(0, IMAGES).mapToObj(i -> image(i, 1 + i % 7)).toList();
    List<AdaptiveImage> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(2));
    assertThat(ids(laidOut(shuffled))).isEqualTo(ids(laidOut(images)));
  }

  private static JavaRDD<AdaptiveImage> laidOut(List<AdaptiveImage> images) {
    JavaRDD<AdaptiveImage> rows = CONTEXT.parallelize(images, 4);
    return BatchLayout.of(rows, images.size(), 20, PARTS, 5).layOut(rows);
  }

  private static List<List<String>> ids(JavaRDD<AdaptiveImage> images) {
    return images.map(AdaptiveImage::id).glom().collect().stream()
        .map(part -> part.stream().sorted().toList())
        .toList();
  }

  private static long pixels(List<AdaptiveImage> part) {
    return part.stream().mapToLong(i -> i.image().shape().plane()).sum();
  }

  private static AdaptiveImage image(int number, int width) {
    return new AdaptiveImage(
        "image" + number, FeatureMaps.zeros(new Shape(1, 1, width)), List.of());
  }
}
