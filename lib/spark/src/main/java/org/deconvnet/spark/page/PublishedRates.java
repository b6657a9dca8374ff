package org.deconvnet.spark.page;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.deconvnet.page.Bar;
import org.deconvnet.spark.store.Outcome;

/**
 * What papers report of Caltech-101 for as many training images a class. docs/results/README.md
 * names the papers.
 */
final class PublishedRates {
  /** The corpus without its background class; few others have these names, and as many. */
  private static final List<String> KNOWN_BY = List.of("accordion", "lotus", "wrench", "yin_yang");

  private static final int CLASSES = 101;

  /** A paper's rate, in shares of 1. */
  private record Rate(int trainPerClass, String features, double rate) {
    Bar bar() {
      return new Bar(features, rate, Outcome.percent(rate), Bar.Kind.LITERATURE);
    }
  }

  private static final List<Rate> ALL =
      List.of(
          new Rate(15, "network of 2010, CVPR 2010", 0.586),
          new Rate(15, "SIFT pyramid, CVPR 2006", 0.56),
          new Rate(30, "network of 2010, CVPR 2010", 0.669),
          new Rate(30, "network of 2011, layer 1, ICCV 2011", 0.678),
          new Rate(30, "network of 2011, layers 1 and 4, ICCV 2011", 0.710),
          new Rate(30, "sparse coding of SIFT, CVPR 2009", 0.732),
          new Rate(30, "hierarchical matching pursuit, NIPS 2011", 0.768));

  private PublishedRates() {}

  /**
   * The longest bar last; empty for other corpora and protocols.
   *
   * @param classes names of the class folders
   */
  static List<Bar> of(Collection<String> classes, int trainPerClass) {
    List<String> names = classes.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    boolean caltech = names.size() >= CLASSES && names.size() <= CLASSES + 1;
    return caltech && names.containsAll(KNOWN_BY)
        ? ALL.stream().filter(r -> r.trainPerClass() == trainPerClass).map(Rate::bar).toList()
        : List.of();
  }
}
