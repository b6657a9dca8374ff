package org.deconvnet.network.cnn;

import java.util.List;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.StrongestOfMaps;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;

/**
 * Activations of a network that was learned elsewhere: the positive numbers of its layers. What the
 * way down needs of an image is recorded when the first of its activations is asked for in pixels,
 * by a forward pass of its own: most images of a corpus have none to show, and where one is shown
 * the layers' values are known already.
 */
final class CnnActivations implements LayerActivations {
  private static final float MID_GREY = 0.5f;

  private final CnnNetwork network;
  private final TopDownPass down;
  private final ForwardPass forward;
  private ForwardPass recording;
  private FeatureMaps input;
  private ForwardRecord layers;
  private ForwardRecord recorded;

  CnnActivations(CnnNetwork network, TopDownPass down) {
    this.network = network;
    this.down = down;
    this.forward = network.forward();
  }

  @Override
  public int depth() {
    return network.depth();
  }

  /**
   * @param image (C, H, W) in [0, 1], red first
   */
  @Override
  public void infer(FeatureMaps image) {
    input = network.input(image);
    layers = null;
    recorded = null;
  }

  private FeatureMaps values(int number) {
    if (layers == null) {
      layers = forward.run(List.of(input)).get(0);
    }
    return layers.value(tensor(number));
  }

  private String tensor(int number) {
    return network.tensors().get(number - 1);
  }

  /** The largest of each map; of value 0 where none is positive. */
  @Override
  public List<Activation> strongestOfMaps(int number) {
    FeatureMaps values = values(number);
    StrongestOfMaps strongest = new StrongestOfMaps(values.shape());
    for (int i = 0; i < values.data().length; i++) {
      if (values.data()[i] > 0) {
        strongest.offer(i, values.data()[i]);
      }
    }
    return strongest.all();
  }

  @Override
  public double density(int number) {
    FeatureMaps values = values(number);
    return (double) values.nonZeros() / values.shape().size();
  }

  @Override
  public MapWindow inPixels(int number, Activation activation) {
    if (recorded == null) {
      recording = recording == null ? network.recording() : recording;
      recorded = recording.run(List.of(input)).get(0);
    }
    FeatureMaps projected = down.project(tensor(number), activation, recorded);
    FeatureMaps pixels = network.scaling().toPixels(projected);
    return new MapWindow(pixels.shape(), 0, 0, pixels);
  }

  @Override
  public FeatureMaps shown(FeatureMaps image) {
    FeatureMaps around = image.copy();
    for (int i = 0; i < around.data().length; i++) {
      around.data()[i] -= MID_GREY;
    }
    return around;
  }

  @Override
  public ReceptiveField field(int number, Activation activation) {
    return down.field(tensor(number), activation);
  }
}
