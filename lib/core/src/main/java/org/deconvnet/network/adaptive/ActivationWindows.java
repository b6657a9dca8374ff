package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.Entries;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * Single activations of a layer, each reconstructed alone through an image's own switches (Zeiler
 * et al., ICCV 2011, sections 2.1 and 4): with e zero but for one entry,
 *
 * <pre>F_l e      U_{s1} F_2 U_{s2} … F_l e      R_l e = F_1 U_{s1} F_2 U_{s2} … F_l e</pre>
 *
 * <p>in the layer's input, in the maps of layer 1, in pixels. Only numbers that the activation
 * reaches are worked with, so one costs far less than {@link Reconstruction} of a whole code.
 *
 * <p>Holds one workspace for one image shape; only results are allocated after construction. Not
 * thread-safe: one a task.
 */
public final class ActivationWindows {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;

  /** Maps z of layer l at index l − 1. */
  private final List<Shape> maps = new ArrayList<>();

  /** Input of layer l at index l − 1: the image itself, then pooled maps. */
  private final List<FeatureMaps> inputs = new ArrayList<>();

  private final List<Entries> entries = new ArrayList<>();
  private List<Switches> switches;
  private final int[] place = new int[1];
  private final float[] strength = new float[1];

  /**
   * @param network layers 1 to l; activations are those of the top one
   * @param lower one set of switches for each layer below the top one
   * @param image (C, H, W)
   * @throws IllegalArgumentException if there is no layer, or switches do not fit
   */
  public ActivationWindows(
      ConvolutionEngine engine, AdaptiveNetwork network, List<Switches> lower, Shape image) {
    Checks.atLeast("activations: layers of the network", 1, network.depth());
    this.engine = engine;
    this.network = network;
    Shape input = image;
    for (AdaptiveLayer layer : network.layers()) {
      inputs.add(FeatureMaps.zeros(input));
      maps.add(layer.mapShape(input));
      entries.add(engine.entries(layer.filters()));
      input = layer.pooledShape(input);
    }
    use(lower);
  }

  /** Goes on with another image of the same shape. */
  public void use(List<Switches> lower) {
    Checks.equal("activations: switches of the layers below", topIndex(), lower.size());
    for (int l = 0; l < lower.size(); l++) {
      Checks.sameShape("switches of layer " + (l + 1), maps.get(l), lower.get(l).unpooled());
    }
    switches = List.copyOf(lower);
  }

  private int topIndex() {
    return network.depth() - 1;
  }

  /**
   * F_l e: what the activation adds to the layer's input, pooled maps or for layer 1 the image.
   *
   * @param index of the activation in the maps z, counted in (map, row, column) order
   */
  public MapWindow inInput(int index, float value) {
    carryDown(index, value, topIndex());
    return field(index, topIndex()).cut(inputs.get(topIndex()));
  }

  /**
   * U_{s1} F_2 … F_l e: the activation as the maps of layer 1 see it. For layer 1 the activation
   * itself.
   */
  public MapWindow inFirstLayer(int index, float value) {
    ReceptiveField place = fieldInFirstLayer(index).within(maps.get(0));
    Shape shape = new Shape(maps.get(0).maps(), place.height(), place.width());
    MapWindow window =
        new MapWindow(maps.get(0), place.top(), place.left(), FeatureMaps.zeros(shape));
    if (topIndex() == 0) {
      put(window, index, value);
    } else {
      carryDown(index, value, 1);
      unpool(field(index, 1).within(inputs.get(1).shape()), window);
    }
    return window;
  }

  /** R_l e: what the activation adds to the image. */
  public MapWindow inPixels(int index, float value) {
    carryDown(index, value, 0);
    return fieldInPixels(index).cut(inputs.get(0));
  }

  /** Pixels that the activation can reach. */
  public ReceptiveField fieldInPixels(int index) {
    return field(index, 0);
  }

  private ReceptiveField fieldInFirstLayer(int index) {
    return topIndex() == 0
        ? ReceptiveField.ofEntry(maps.get(0), index)
        : field(index, 1).throughUnpooling(network.layer(1).pool());
  }

  /** What the activation can reach in the input of layer {@code to} + 1. */
  private ReceptiveField field(int index, int to) {
    ReceptiveField field = ReceptiveField.ofEntry(maps.get(topIndex()), index);
    for (int l = topIndex(); l >= to; l--) {
      AdaptiveLayer layer = network.layers().get(l);
      if (l < topIndex()) {
        field = field.throughUnpooling(layer.pool());
      }
      field = field.throughFilter(layer.filters().side());
    }
    return field;
  }

  /** Fills the input of layer {@code to} + 1, and those above it on the way. */
  private void carryDown(int index, float value, int to) {
    place[0] = index;
    strength[0] = value;
    int top = topIndex();
    entries.get(top).set(maps.get(top), place);
    synthesize(top, strength);
    for (int l = top - 1; l >= to; l--) {
      float[] pooled = inputs.get(l + 1).data();
      entries.get(l).setNonZeros(maps.get(l), switches.get(l).index(), pooled);
      synthesize(l, pooled);
    }
  }

  private void synthesize(int l, float[] values) {
    engine.synthesizeEntries(
        network.layers().get(l).filters(), entries.get(l), values, inputs.get(l));
  }

  /** U_{s1} of the part of layer 2's input that the activation reaches. */
  private void unpool(ReceptiveField reached, MapWindow window) {
    FeatureMaps pooled = inputs.get(1);
    int[] index = switches.get(0).index();
    for (int c = 0; c < pooled.maps(); c++) {
      for (int y = 0; y < reached.height(); y++) {
        int from = pooled.index(c, reached.top() + y, reached.left());
        for (int i = from; i < from + reached.width(); i++) {
          put(window, index[i], pooled.data()[i]);
        }
      }
    }
  }

  /** Sets one entry of layer 1's maps, counted in the whole maps. */
  private static void put(MapWindow window, int index, float value) {
    Shape frame = window.frame();
    int inPlane = index % frame.plane();
    window
        .values()
        .set(
            index / frame.plane(),
            inPlane / frame.width() - window.top(),
            inPlane % frame.width() - window.left(),
            value);
  }
}
