package org.deconvnet.spark.evaluate;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.ml.DecodingStage;

/**
 * Classes that are too small for a split, found before all images are decoded. A listing counts
 * files, so it alone cannot tell a small class from a folder without images, which is no class: the
 * few files of small folders are decoded to see.
 */
public final class SmallClasses {
  private SmallClasses() {}

  /**
   * @param trainPerClass so many images of a class train, and more are needed to test
   * @throws CorpusException naming every class with at least one usable image and not enough
   */
  public static void refuse(ImageCorpus corpus, DecodingStage preprocessor, int trainPerClass) {
    Set<String> small =
        corpus.filesOfClasses().entrySet().stream()
            .filter(files -> files.getValue() > 0 && files.getValue() <= trainPerClass)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (small.isEmpty()) {
      return;
    }
    SortedMap<String, Long> usable =
        new TreeMap<>(DecodedFiles.usable(corpus.only(small).read(), preprocessor));
    if (!usable.isEmpty()) {
      throw CorpusSplit.tooSmall(usable, trainPerClass);
    }
  }
}
