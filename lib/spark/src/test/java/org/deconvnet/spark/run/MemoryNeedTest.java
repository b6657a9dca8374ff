package org.deconvnet.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run needs to begin with, beside what it has. */
class MemoryNeedTest {
  private static final long MB = 1L << 20;

  /** 64 MB for the program, and 300 for each of four images; one alone may take 500. */
  @Test
  void whatTasksHoldTogetherHasToFit() {
    List<LookedAt> images = images(300, 300, 500);
    assertThatCode(() -> decode(new TaskHeap(true, 1264 * MB, 4), images, 9, 9))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> decode(new TaskHeap(true, 1263 * MB, 4), images, 9, 9))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "memory: expected at least 1,264 MB, since to decode 4 images at a time takes about"
                + " 300 MB each, got 1,263 MB; set DECONVNET_MEMORY=3g before ./deconvnet, or"
                + " --driver-memory 3g for spark-submit, or work on fewer images at a time:"
                + " --master local[2], or leave the largest out: corpus.maxPixels");
  }

  @Test
  void theLargestImageHasToFitAlone() {
    List<LookedAt> images = images(10, 10, 900);
    assertThatCode(() -> decode(new TaskHeap(false, 964 * MB, 1), images, 9, 9))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> decode(new TaskHeap(false, 963 * MB, 1), images, 9, 9))
        .hasMessageContaining("to decode 1 image at a time takes about 900 MB each, got 963 MB;")
        .hasMessageContaining("--conf spark.executor.memory=2g, or --executor-memory 2g")
        .hasMessageNotContaining("fewer images");
  }

  @Test
  void fewFilesOrPartitionsKeepFewTasksBusy() {
    List<LookedAt> images = images(300, 300);
    TaskHeap heap = new TaskHeap(true, 700 * MB, 16);
    assertThatCode(() -> decode(heap, images, 2, 99)).doesNotThrowAnyException();
    assertThatCode(() -> decode(heap, images, 99, 2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> decode(heap, images, 3, 99)).hasMessageContaining("3 images");
    assertThatCode(() -> decode(heap, List.of(), 99, 99)).doesNotThrowAnyException();
  }

  private static void decode(TaskHeap heap, List<LookedAt> images, long files, long partitions) {
    MemoryNeed need = new MemoryNeed(heap, images, files, true);
    need.require(MemoryNeed.Work.DECODE, LookedAt::decodedBytes, need.tasks(partitions));
  }

  private static List<LookedAt> images(long... megabytes) {
    return LongStream.of(megabytes)
        .mapToObj(size -> new LookedAt(size * MB, new Shape(1, 1, 1)))
        .toList();
  }

  /** 1,000 MB and 8 cores here; 2 GB an executor. */
  @ParameterizedTest
  @CsvSource({
    "local, 4, 1, 1000, 1",
    "local[*], 4, 1, 1000, 8",
    "'local[6, 2]', 4, 2, 1000, 3",
    "spark://there:7077, 4, 1, 2048, 4",
    "yarn, '', 1, 2048, 1",
    "'local-cluster[2,1,1024]', '', 1, 2048, 1",
  })
  void tasksShareThisHeapOrAnExecutors(
      String master, String executorCores, int each, long megabytes, int tasks) {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.master", master)
            .set("spark.executor.memory", "2g")
            .set("spark.task.cpus", Integer.toString(each));
    if (!executorCores.isEmpty()) {
      conf.set("spark.executor.cores", executorCores);
    }
    TaskHeap heap = TaskHeap.of(conf, 2048, 1000 * MB, 8);
    assertThat(heap.bytes()).isEqualTo(megabytes * MB);
    assertThat(heap.tasks()).isEqualTo(tasks);
    assertThat(heap.local()).isEqualTo(megabytes == 1000);
  }

  /** Drawn bars are 40 pixels high and 44 to 52 wide, in three bytes of colour each. */
  @Test
  void headersSayHowLargeImagesAre(@TempDir Path folder) throws Exception {
    BarCorpus.write(folder, 1, 3, 1);
    Files.writeString(folder.resolve("class0/letter.png"), "no image");
    ImageCorpus corpus = ImageCorpus.open(LocalSpark.session(), folder.toString(), Set.of(), 0);
    ImagePreprocessor colour =
        new ImagePreprocessor()
            .setOptions(PreprocessOptions.DEFAULTS.withGrey(false).withLongestSide(0));
    assertThat(LookedAt.drawn(corpus, colour, 9, 1))
        .containsExactlyInAnyOrder(bars(44), bars(48), bars(52));
    assertThat(LookedAt.drawn(corpus, colour, 1, 1)).hasSizeLessThan(2);
    assertThat(LookedAt.drawn(corpus, colour.setMaxPixels(45 * 40), 9, 1))
        .isEqualTo(Collections.singletonList(bars(44)));
  }

  private static LookedAt bars(int width) {
    return new LookedAt(3L * 40 * width, new Shape(3, 40, width));
  }
}
