package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * How a network that labels pixels is learned: {@link org.deconvnet.label.LearningOptions}.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LabelLearningParams<S> extends LabellingHeadParams<S>, SeedParam<S> {
  default Param<String> labelsCol() {
    return Declared.column(this, "labelsCol", "column of the labels to learn from");
  }

  default String getLabelsCol() {
    return getOrDefault(labelsCol());
  }

  default S setLabelsCol(String value) {
    return Fluent.set(this, labelsCol(), value);
  }

  default IntParam classCount() {
    return Declared.whole(
        this, "classCount", "classes; 0: as many as the largest label says", Takes.between(0, 255));
  }

  default int getClassCount() {
    return (Integer) getOrDefault(classCount());
  }

  default S setClassCount(int value) {
    return Fluent.set(this, classCount(), value);
  }

  default IntParam maxIter() {
    return Declared.whole(this, "maxIter", "passes over the images", Takes.atLeast(1));
  }

  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  default S setMaxIter(int value) {
    return Fluent.set(this, maxIter(), value);
  }

  default DoubleParam rate() {
    return Declared.number(this, "rate", "rate of Adam in the first round", Takes.positive());
  }

  default double getRate() {
    return (Double) getOrDefault(rate());
  }

  /** It falls to zero over the rounds. */
  default S setRate(double value) {
    return Fluent.set(this, rate(), value);
  }

  default DoubleParam weightDecay() {
    return Declared.number(
        this, "weightDecay", "added to the gradient of filters, times them", Takes.share());
  }

  default double getWeightDecay() {
    return (Double) getOrDefault(weightDecay());
  }

  default S setWeightDecay(double value) {
    return Fluent.set(this, weightDecay(), value);
  }

  default DoubleParam balance() {
    return Declared.number(
        this,
        "balance",
        "exponent of the classes' weights; 0: all count alike",
        Takes.between(0.0, 1.0));
  }

  default double getBalance() {
    return (Double) getOrDefault(balance());
  }

  /** 1 weighs classes by the median frequency over their own. */
  default S setBalance(double value) {
    return Fluent.set(this, balance(), value);
  }

  default IntParam groupImages() {
    return Declared.whole(this, "groupImages", "images of a ghost group", Takes.atLeast(1));
  }

  default int getGroupImages() {
    return (Integer) getOrDefault(groupImages());
  }

  default S setGroupImages(int value) {
    return Fluent.set(this, groupImages(), value);
  }

  default IntParam batchGroups() {
    return Declared.whole(this, "batchGroups", "ghost groups of a round", Takes.atLeast(1));
  }

  default int getBatchGroups() {
    return (Integer) getOrDefault(batchGroups());
  }

  default S setBatchGroups(int value) {
    return Fluent.set(this, batchGroups(), value);
  }

  default IntParam partitions() {
    return Declared.whole(
        this,
        "partitions",
        "partitions of a batch; 0: Spark's default parallelism",
        Takes.atLeast(0));
  }

  default int getPartitions() {
    return (Integer) getOrDefault(partitions());
  }

  /** Changes the speed alone, never a bit of the result. */
  default S setPartitions(int value) {
    return Fluent.set(this, partitions(), value);
  }
}
