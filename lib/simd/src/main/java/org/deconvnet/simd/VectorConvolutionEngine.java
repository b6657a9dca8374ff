package org.deconvnet.simd;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.Entries;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Convolution on the Vector API, in the preferred width of the machine.
 *
 * <p>Everything is laid out so that a filter tap is one offset in a flat array: planes keep the row
 * stride of the wider operand, positions beyond a row's end are computed and thrown away, and so a
 * whole plane is one run for {@link TapKernel}. Taps are repacked four outputs at a time, those of
 * planes that are not connected left out as far as the four allow. Results differ from the scalar
 * engine by single-precision rounding only.
 *
 * <p>Scratch memory grows to the largest operands seen and stays: about one padded copy of the
 * image-side operand, the filters, and four planes. Not thread-safe.
 */
public final class VectorConvolutionEngine implements ConvolutionEngine {
  private static final ArrayKernels KERNELS = new VectorArrayKernels();
  private static final int KEPT = 8;

  /**
   * Positions computed for each pixel beyond which the border's share makes {@link PixelAdjoint}
   * faster.
   */
  private static final double WORTH_PIXELS = 1.6;

  /** Vectors of a dense operation in the time of one vector of an entry, as measured. */
  private static final double ENTRY_COST = 2.5;

  /** The same where the entries' filters are written. */
  private static final double GRADIENT_ENTRY_COST = 5;

  private final PackedFilters[] packs = new PackedFilters[KEPT];
  private int nextPack;
  private final SpreadSynthesis spreadSynthesis = new SpreadSynthesis();
  private final ChannelSynthesis channelSynthesis = new ChannelSynthesis();
  private final PlaneAdjoint planeAdjoint = new PlaneAdjoint();
  private final PixelAdjoint pixelAdjoint = new PixelAdjoint();
  private final PlaneCorrelation planeCorrelation = new PlaneCorrelation();
  private final FilterCorrelation correlation = new FilterCorrelation();
  private final EntryOperations entryOperations = new EntryOperations();
  private FeatureMaps whole;
  private EntryLayout gradientLayout;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void synthesize(FilterBank f, FeatureMaps z, FeatureMaps out) {
    Checks.sameShape("synthesize: image", f.imageShape(z.shape()), out.shape());
    PackedFilters pack = pack(f);
    if (SpreadSynthesis.useful(pack, out) > ChannelSynthesis.useful(pack, out)) {
      spreadSynthesis.run(pack, z, out);
    } else {
      channelSynthesis.run(pack, z, out);
    }
  }

  @Override
  public void adjoint(FilterBank f, FeatureMaps r, FeatureMaps out) {
    Checks.sameShape("adjoint: maps", f.mapShape(r.shape()), out.shape());
    PackedFilters pack = pack(f);
    if (PixelAdjoint.useful(pack, r) > WORTH_PIXELS * PlaneAdjoint.useful(pack, r)) {
      pixelAdjoint.run(pack, r, out);
    } else {
      planeAdjoint.run(pack, r, out);
    }
  }

  @Override
  public void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out) {
    Checks.sameShape("filterGradient: maps", out.mapShape(r.shape()), z.shape());
    if (PlaneCorrelation.suits(out)) {
      planeCorrelation.run(z, r, out);
    } else {
      correlation.run(z, r, out);
    }
  }

  @Override
  public Entries entries(FilterBank f) {
    return new Entries(EntryLayout.span(f));
  }

  @Override
  public void synthesizeEntries(FilterBank f, Entries entries, float[] values, FeatureMaps out) {
    Checks.sameShape("synthesizeEntries: image", f.imageShape(entries.maps()), out.shape());
    if (fewEnough(entries, f, out.shape(), ENTRY_COST)) {
      entryOperations.synthesize(pack(f), entries, values, out);
    } else {
      synthesize(f, maps(entries, values), out);
    }
  }

  @Override
  public void adjointEntries(FilterBank f, FeatureMaps r, Entries entries, float[] out) {
    Checks.sameShape("adjointEntries: maps", f.mapShape(r.shape()), entries.maps());
    if (fewEnough(entries, f, r.shape(), ENTRY_COST)) {
      entryOperations.adjoint(pack(f), r, entries, out);
    } else {
      FeatureMaps whole = wholeMaps(entries.maps());
      adjoint(f, r, whole);
      entries.gather(whole, out);
    }
  }

  @Override
  public void filterGradientEntries(
      Entries entries, float[] values, FeatureMaps r, FilterBank out) {
    Checks.sameShape("filterGradientEntries: maps", out.mapShape(r.shape()), entries.maps());
    if (!fewEnough(entries, out, r.shape(), GRADIENT_ENTRY_COST)) {
      filterGradient(maps(entries, values), r, out);
      return;
    }
    // The gradient's bank is not the same object in every round: what counts are the sizes.
    if (gradientLayout == null || !gradientLayout.fits(out, r.shape())) {
      gradientLayout = new EntryLayout(out, r.shape());
    }
    entryOperations.filterGradient(gradientLayout, entries, values, r, out);
  }

  /** Whether the entries' vectors cost less than the dense operation's. */
  private static boolean fewEnough(Entries entries, FilterBank f, Shape image, double cost) {
    int numbers = f.connectivity().connections() * f.side() * f.side();
    double dense = (double) numbers * image.plane() / TapKernel.LANES;
    return cost * entries.size() * EntryLayout.vectors(f) < dense;
  }

  private FeatureMaps maps(Entries entries, float[] values) {
    FeatureMaps z = wholeMaps(entries.maps());
    z.fill(0);
    entries.scatter(values, z);
    return z;
  }

  private FeatureMaps wholeMaps(Shape shape) {
    if (whole == null || !whole.shape().equals(shape)) {
      whole = FeatureMaps.zeros(shape);
    }
    return whole;
  }

  @Override
  public ArrayKernels kernels() {
    return KERNELS;
  }

  /** The packed form of a bank that was met lately, or a new one in the oldest one's place. */
  private PackedFilters pack(FilterBank f) {
    for (PackedFilters pack : packs) {
      if (pack != null && pack.source() == f) {
        return pack;
      }
    }
    PackedFilters made = new PackedFilters(f);
    packs[nextPack] = made;
    nextPack = (nextPack + 1) % KEPT;
    return made;
  }
}
