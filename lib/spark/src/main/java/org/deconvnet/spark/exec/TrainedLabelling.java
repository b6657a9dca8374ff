package org.deconvnet.spark.exec;

import java.util.List;
import org.deconvnet.label.LabellingNetwork;

/**
 * A network that has learned to label pixels, and how that went.
 *
 * @param losses one an epoch, while the network moved: of a ghost group the sum over its pixels
 *     with a class, each times the weight of its class, divided by all its pixels; mean over groups
 * @param engine whose kernels every executor used
 * @param images that there were to learn from
 * @param withoutGroup of those, images that filled no ghost group
 * @param leftOut rows that could not be used
 */
public record TrainedLabelling(
    LabellingNetwork network,
    List<Double> losses,
    String engine,
    long images,
    int withoutGroup,
    long leftOut) {
  public TrainedLabelling {
    losses = List.copyOf(losses);
  }

  public TrainedLabelling withLeftOut(long rows) {
    return new TrainedLabelling(network, losses, engine, images, withoutGroup, rows);
  }
}
