package org.deconvnet.describe;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Descriptors of single activations of one image, each activation described alone and a part of its
 * own. Activations count alike, so that the image's pyramid is the mean of their pyramids (Zeiler
 * et al., ICCV 2011, section 4); one that no patch sees has no part and does not count.
 *
 * <p>A part is made when it is come to: memory is that of one activation's descriptors, however
 * many activations there are. Thread-safe.
 */
public final class ActivationDescriptors implements DescriptorParts {
  private final ActivationResponses responses;
  private final WindowDescriptors windows;

  public ActivationDescriptors(
      ActivationResponses responses, ActivationOptions activations, DescriptorOptions descriptors) {
    this.responses = responses;
    this.windows = new WindowDescriptors(responses, activations, descriptors);
  }

  /** How many activations were described, those without descriptors included. */
  public int activations() {
    return responses.activations().size();
  }

  /** How many descriptors each activation has. */
  int[] counts() {
    return IntStream.range(0, activations()).map(a -> windows.count(responses.window(a))).toArray();
  }

  /** Describes every activation to count its descriptors. */
  @Override
  public int count() {
    return Arrays.stream(counts()).sum();
  }

  @Override
  public Iterator<Descriptors> iterator() {
    int[] seen =
        IntStream.range(0, activations())
            .filter(a -> windows.isSeen(responses.window(a)))
            .toArray();
    return Arrays.stream(seen)
        .mapToObj(a -> windows.describe(responses.window(a), 1.0 / seen.length))
        .iterator();
  }
}
