package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Batch normalisation of each map over a ghost group of images: {@code y = γ (x − μ)/√(σ² + ε) +
 * β}, where μ and σ² are the mean and the variance of the map over the group's pixels. Inference
 * takes running ones in their place. A group belongs together wherever it is worked on, so that
 * training needs no round a layer and depends on no partition. Sources: Ioffe and Szegedy, Batch
 * normalization, ICML 2015; Hoffer, Hubara and Soudry, Train longer, generalize better, NIPS 2017.
 *
 * @param epsilon ε, above 0; 10⁻⁵ is usual
 * @param momentum share of a round's mean statistics in the running ones, above 0 and at most 1;
 *     0.1 is usual
 * @param gain start of γ; β starts from zero
 */
public record NormalizeGroup(double epsilon, double momentum, Start gain) implements Operation {
  public NormalizeGroup {
    Checks.positive("normalisation: epsilon", epsilon);
    if (!(momentum > 0 && momentum <= 1)) {
      throw new UserErrorException(
          "normalisation: momentum: expected above 0 and at most 1, got %s".formatted(momentum));
    }
  }

  /** ε = 10⁻⁵ and momentum 0.1, γ from N(1, 0.02²) as Radford et al. 2016 have it. */
  public static NormalizeGroup standard() {
    return new NormalizeGroup(1e-5, 0.1, new Start.Gaussian(1, 0.02));
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public List<Slot> parameters(List<Shape> inputs) {
    int maps = inputs.get(0).maps();
    return List.of(Slot.perMap(Role.GAIN, maps, gain), Slot.perMap(Role.SHIFT, maps, Start.ZERO));
  }

  @Override
  public List<Slot> statistics(List<Shape> inputs) {
    int maps = inputs.get(0).maps();
    return List.of(
        Slot.perMap(Role.MEAN, maps, Start.ZERO),
        Slot.perMap(Role.VARIANCE, maps, new Start.Constant(1)));
  }
}
