package org.deconvnet.label;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.gradient.plan.Add;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.Input;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Start;
import org.deconvnet.network.gradient.plan.Trim;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * The network that gives each pixel a score a class. Every layer's maps are scored by a 1 x 1
 * convolution that starts from zero. The coarsest scores are brought up to the next finer ones by a
 * transposed convolution that starts as bilinear interpolation, those are added, and so on up to
 * the pixels. Source: Long, Shelhamer and Darrell, Fully convolutional networks for semantic
 * segmentation, CVPR 2015, section 4.2. Not thread-safe: it makes one plan.
 */
public final class LabellingPlan {
  /** What the input of colours and places is called. */
  public static final String PIXELS = "pixels";

  private static final Geometry POINT = Geometry.square(AxisGeometry.of(1));
  private static final Geometry SAME = Geometry.square(AxisGeometry.of(3, 1, 1));
  private static final Geometry HALF = Geometry.square(AxisGeometry.of(3, 2, 1));

  private final HeadOptions head;
  private final int height;
  private final int width;
  private final int classes;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Scored> scored = new ArrayList<>();

  /**
   * Maps that are scored.
   *
   * @param stride pixels, down and across, that a number of them stands for
   */
  private record Scored(String name, int maps, int stride) {}

  private LabellingPlan(HeadOptions head, Shape image, int classes) {
    this.head = head;
    height = image.height();
    width = image.width();
    this.classes = classes;
  }

  /**
   * @param image (C, H, W)
   * @param layers maps of each frozen layer that is scored, once pooled
   * @param classes from 2
   * @throws UserErrorException if the image is smaller than a cell of the coarsest maps
   */
  public static NetworkPlan of(HeadOptions head, Shape image, List<Integer> layers, int classes) {
    Checks.between("labels: classes", 2, LabelMap.MOST_CLASSES, classes);
    int scored = new NetworkInputs(head, image).scored().size();
    Checks.equal("head: layers that are scored", scored, layers.size());
    requireCells(head, image);
    return new LabellingPlan(head, image, classes).plan(image, layers);
  }

  /**
   * @throws UserErrorException if the image is smaller than a cell of the coarsest maps
   */
  public static void requireCells(HeadOptions head, Shape image) {
    if (Math.min(image.height(), image.width()) < head.coarsest()) {
      throw new UserErrorException(
          "head: expected images of at least %d x %d pixels, which a number of the coarsest maps stands for, got %d x %d; give larger images, smaller strides, or fewer widths"
              .formatted(head.coarsest(), head.coarsest(), image.height(), image.width()));
    }
  }

  /** What an input of a frozen layer is called. */
  public static String layer(int number) {
    return "layer" + number;
  }

  private NetworkPlan plan(Shape image, List<Integer> layers) {
    Shape pixels = PixelMaps.shape(image);
    if (head.takesPixels()) {
      inputs.add(new Input(PIXELS, pixels));
    }
    if (head.frozen()) {
      if (head.takesPixels()) {
        scored.add(new Scored(PIXELS, pixels.maps(), 1));
      }
      frozen(layers);
    } else if (head.widths().isEmpty()) {
      scored.add(new Scored(PIXELS, pixels.maps(), 1));
    } else {
      encode(pixels.maps());
    }
    upwards();
    return new NetworkPlan(inputs, nodes);
  }

  private void frozen(List<Integer> layers) {
    int first = head.layers().size() - layers.size();
    for (int i = 0; i < layers.size(); i++) {
      String name = layer(head.layers().get(first + i));
      int stride = head.strides().get(first + i);
      inputs.add(new Input(name, MapGrid.cells(height, width, stride).withMaps(layers.get(i))));
      scored.add(hidden(new Scored(name, layers.get(i), stride)));
    }
  }

  private Scored hidden(Scored of) {
    return head.hidden() == 0
        ? of
        : new Scored(
            convolved("hidden-" + of.name, SAME, of.name, of.maps, head.hidden()),
            head.hidden(),
            of.stride);
  }

  private void encode(int channels) {
    String from = PIXELS;
    int maps = channels;
    for (int level = 0; level < head.widths().size(); level++) {
      for (int c = 0; c < head.convolutions(); c++) {
        String name = "level%d-%d".formatted(level + 1, c + 1);
        from = convolved(name, c == 0 ? HALF : SAME, from, maps, head.widths().get(level));
        maps = head.widths().get(level);
      }
      if (head.skips() || level == head.widths().size() - 1) {
        scored.add(hidden(new Scored(from, maps, 2 << level)));
      }
    }
  }

  /** Convolved, normalised and rectified; filters start as He et al. have them (ICCV 2015). */
  private String convolved(String name, Geometry geometry, String from, int channels, int maps) {
    Start start = new Start.Gaussian(0, Math.sqrt(2.0 / (channels * geometry.area())));
    node(name, new Convolve(maps, geometry, false, start), from);
    node(name + "-norm", new NormalizeGroup(1e-5, 0.1, new Start.Constant(1)), name);
    node(name + "-relu", Rectify.plain(), name + "-norm");
    return name + "-relu";
  }

  private void upwards() {
    String sum = null;
    int stride = 0;
    for (int i = scored.size() - 1; i >= 0; i--) {
      Scored of = scored.get(i);
      String score = "score-" + of.name;
      node(score, new Convolve(classes, POINT, true, Start.ZERO), of.name);
      if (sum != null) {
        String up = up(sum, stride, of.stride);
        node("sum-" + of.name, new Add(), up, score);
        score = "sum-" + of.name;
      }
      sum = score;
      stride = of.stride;
    }
    up(sum, stride, 1);
  }

  /** Scores brought up from one stride to another, and what hangs over the end cut off. */
  private String up(String scores, int from, int to) {
    if (from == to) {
      return scores;
    }
    int f = from / to;
    AxisGeometry axis = AxisGeometry.of(2 * f - f % 2, f, f / 2);
    String name = "up-" + scores;
    node(
        name,
        new ConvolveTransposed(classes, Geometry.square(axis), 0, 0, false, new Start.Bilinear()),
        scores);
    Shape cells = MapGrid.cells(height, width, to);
    node("trim-" + scores, new Trim(cells.height(), cells.width()), name);
    return "trim-" + scores;
  }

  private void node(String name, Operation operation, String... from) {
    nodes.add(new Node(name, operation, List.of(from)));
  }
}
