package org.deconvnet.pyramid;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.describe.DescriptorParts;
import org.deconvnet.describe.Descriptors;

/** All parts of an image's descriptors in one list. */
record AllParts(
    Descriptors first, int count, float[] values, List<Integer> starts, List<Descriptors> parts)
    implements Descriptors {
  static AllParts of(DescriptorParts image) {
    List<Descriptors> parts = new ArrayList<>();
    image.forEach(parts::add);
    int dimension = parts.get(0).dimension();
    float[] values = new float[image.count() * dimension];
    List<Integer> starts = new ArrayList<>();
    int next = 0;
    for (Descriptors part : parts) {
      starts.add(next);
      System.arraycopy(part.values(), 0, values, next * dimension, part.values().length);
      next += part.count();
    }
    return new AllParts(parts.get(0), next, values, starts, parts);
  }

  private int part(int descriptor) {
    int part = starts.size() - 1;
    while (starts.get(part) > descriptor) {
      part--;
    }
    return part;
  }

  @Override
  public int imageHeight() {
    return first.imageHeight();
  }

  @Override
  public int imageWidth() {
    return first.imageWidth();
  }

  @Override
  public int patch() {
    return first.patch();
  }

  @Override
  public int dimension() {
    return first.dimension();
  }

  @Override
  public int row(int descriptor) {
    int part = part(descriptor);
    return parts.get(part).row(descriptor - starts.get(part));
  }

  @Override
  public int column(int descriptor) {
    int part = part(descriptor);
    return parts.get(part).column(descriptor - starts.get(part));
  }

  @Override
  public double share(int descriptor) {
    int part = part(descriptor);
    return parts.get(part).share(descriptor - starts.get(part));
  }

  @Override
  public double weight(int descriptor) {
    int part = part(descriptor);
    return parts.get(part).weight(descriptor - starts.get(part));
  }
}
