package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.Test;

/** What Spark's pages show of a training. */
class JobDescriptionTest {
  private static final SparkContext CONTEXT = LocalSpark.session().sparkContext();
  private static final JavaSparkContext JAVA = JavaSparkContext.fromSparkContext(CONTEXT);

  private static final class Described extends SparkListener {
    private final Set<String> texts = new ConcurrentSkipListSet<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      texts.add(String.valueOf(start.properties().getProperty("spark.job.description")));
    }
  }

  @Test
  void everyJobOfATrainingSaysWhereItStandsAndWhatItDoes() throws Exception {
    Described described = new Described();
    CONTEXT.addSparkListener(described);
    try {
      JobDescription.during(
          CONTEXT,
          "learning",
          () ->
              new Trainings(JAVA, "vector", 5, TrainingListener.SILENT)
                  .adaptive(
                      JAVA.parallelize(AdaptiveTrainingTest.images(), 3),
                      AdaptiveTrainingTest.LAYERS,
                      2));
      CONTEXT.listenerBus().waitUntilEmpty();
    } finally {
      CONTEXT.removeSparkListener(described);
    }
    assertThat(described.texts)
        .contains(
            "learning",
            "layer 1: lay images out in batches",
            "layer 1, epoch 1, batch 1: infer",
            "layer 1, epoch 1, batch 2: filters",
            "layer 2, epoch 2, batch 1: infer",
            "layer 2, last pass, batch 3: infer")
        .doesNotContain("null");
    assertThat(CONTEXT.getLocalProperty("spark.job.description")).isNull();
  }

  @Test
  void whatJobsWereCalledBeforeComesBackAfterAFailure() {
    CONTEXT.setJobDescription("before");
    try {
      assertThatThrownBy(
              () ->
                  JobDescription.during(
                      CONTEXT,
                      "inside",
                      () -> {
                        throw new IllegalStateException(
                            CONTEXT.getLocalProperty("spark.job.description"));
                      }))
          .hasMessage("inside");
      assertThat(CONTEXT.getLocalProperty("spark.job.description")).isEqualTo("before");
    } finally {
      CONTEXT.setJobDescription(null);
    }
  }
}
