package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.network.gradient.adversarial.PixelRange;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FeatureMaps;

/** The image of a corpus that is nearest to each of some others, pixel by pixel: one pass. */
public final class NearestImages {
  private NearestImages() {}

  /**
   * @param distance square root of the mean squared difference of pixels in [0, 1]
   * @param image (C, H, W) in [0, 1]
   */
  public record Nearest(String id, double distance, FeatureMaps image)
      implements java.io.Serializable {
    boolean isNearerThan(Nearest other) {
      int compared = other == null ? -1 : Double.compare(distance, other.distance);
      return compared < 0 || compared == 0 && id.compareTo(other.id) < 0;
    }
  }

  /** One for each sample. */
  private static final class All implements Mergeable<All> {
    private static final long serialVersionUID = 1;

    final ArrayList<Nearest> found;

    All(int samples) {
      found = new ArrayList<>(java.util.Collections.nCopies(samples, null));
    }

    void see(int sample, Nearest one) {
      if (one != null && one.isNearerThan(found.get(sample))) {
        found.set(sample, one);
      }
    }

    @Override
    public void merge(All other) {
      for (int i = 0; i < found.size(); i++) {
        see(i, other.found.get(i));
      }
    }
  }

  /**
   * @param images of the corpus, at least one, in [−1, 1]
   * @param samples of the same shape, in [0, 1]
   */
  public static List<Nearest> of(
      JavaSparkContext context,
      JavaRDD<AdversarialTraining.Item> images,
      List<FeatureMaps> samples) {
    Broadcast<List<FeatureMaps>> sent = context.broadcast(List.copyOf(samples));
    try {
      All all =
          images
              .mapPartitions(part -> List.of(over(part, sent.value())).iterator())
              .treeReduce(
                  (a, b) -> {
                    a.merge(b);
                    return a;
                  });
      return List.copyOf(all.found);
    } finally {
      sent.destroy();
    }
  }

  private static All over(Iterator<AdversarialTraining.Item> part, List<FeatureMaps> samples) {
    All all = new All(samples.size());
    while (part.hasNext()) {
      AdversarialTraining.Item item = part.next();
      FeatureMaps image = PixelRange.toUnit(item.image());
      for (int i = 0; i < samples.size(); i++) {
        all.see(i, new Nearest(item.id(), distance(image, samples.get(i)), image));
      }
    }
    return all;
  }

  private static double distance(FeatureMaps a, FeatureMaps b) {
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      double apart = a.data()[i] - b.data()[i];
      sum += apart * apart;
    }
    return Math.sqrt(sum / a.data().length);
  }
}
