package org.deconvnet.spark.ml;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;

/**
 * For every Param a value that is no default, and one that is out of range.
 *
 * @param bad null where any value of its type is good; a {@code String} may be {@link #NULL}
 * @param got how a message writes the bad one
 * @param range how doc and message write what is expected
 */
record ParamSamples(Object good, Object bad, String got, String range) {
  /** What models have learned: it is saved and read, never set by a user. */
  static final Set<String> LEARNED =
      Set.of("classes", "trained", "scale", "factors", "words", "dimension");

  /** Stands for null as a value. */
  static final Object NULL = new Object();

  private static final Map<String, ParamSamples> ALL = new HashMap<>();

  static {
    columns("inputCol", "imageCol", "outputCol", "idCol", "featuresCol", "labelCol", "labelsCol");
    optionalColumns(
        "maskCol", "plainCol", "rawPredictionCol", "predictionCol", "predictedLabelCol");
    flag("grey", false);
    flag("cellMaps", true);
    flag("padToSquare", true);
    flag("subtractMean", true);
    flag("localContrast", false);
    flag("upright", false);
    flag("colours", false);
    add("resize", 300, 0, "0", "at least 1");
    add("rows", 200, 0, "0", "at least 1");
    add("columns", 100, 0, "0", "at least 1");
    add("seed", 7L, null, "", "any whole number");
    add("handleInvalid", "skip", "drop", "'drop'", "one of keep, skip, error");
    add("layerValues", "codes", "dense", "'dense'", "one of maps, codes");
    add("grid", 4, 101, "101", "from 0 to 100");
    add("engine", "scalar", "steam", "'steam'", "auto, vector, scalar, or the name of");
    flag("momentum", true);
    flag("refit", true);
    add("norm", "plane", "row", "'row'", "one of filter, plane");
    add("border", "valid", "wrap", "'wrap'", "one of reflect, valid");
    atLeast("longestSide", 0);
    atLeast("leastSide", 1);
    atLeast("directions", 2);
    atLeast("cell", 1);
    atLeast("windowsPerImage", 1);
    add("atoms", 20, 1, "1", "from 2 to 1024");
    add("sparsity", 3, 26, "26", "from 1 to 25");
    add("signs", "apart", "mixed", "'mixed'", "one of together, apart");
    atLeast("batchSize", 1);
    atLeast("cgSteps", 1);
    atLeast("passes", 1);
    atLeast("partitions", 0);
    atLeast("vocabulary", 2);
    atLeast("descriptorsPerImage", 1);
    atLeast("maxIter", 1);
    atLeast("folds", 2);
    atLeast("activations", 1);
    atLeast("step", 1);
    add("patch", 15, 0, "0", "at least 1");
    add("cells", 3, 0, "0", "at least 1");
    add("levels", 2, 9, "9", "from 1 to 8");
    add("window", 9, 8, "8", "an odd number, at least 3");
    add("maxPixels", 1000L, 0L, "0", "at least 1");
    add("sigma", 2.0, 0.0, "0.0", "a positive number");
    add("clip", 0.3, Double.NaN, "NaN", "a positive number");
    add("deviationFloor", 0.5, -1.0, "-1.0", "0 or a positive number");
    add("deviation", "window", "median", "'median'", "one of auto, centred, window");
    add("leastShare", 0.5, 1.5, "1.5", "from 0 to 1");
    add("descriptorWeights", "norm", "energy", "'energy'", "one of alike, norm");
    add("memory", 0.3, 1.0, "1.0", "at least 0 and below 1");
    add("c", 3.0, 0.0, "0.0", "a positive number");
    numbers("c[]", new double[] {1, 10}, 0, "each a positive number");
    numbers("weights", new double[] {0.5}, -1, "each a positive number");
    numbers("lambdas", new double[] {2, 0.5}, 0, "each a positive number");
    numbers("kappas", new double[] {2, 0.5}, 0, "each a positive number");
    numbers("alphas", new double[] {1, 0.5}, 1.5, "each above 0 and at most 1");
    numbers("betas", new double[] {1, 5}, -1, "one or more positive numbers, strictly increasing");
    numbers("steps", new double[] {0.1, 0}, -1, "each 0 or a positive number");
    add("maps", new int[] {3, 4}, new int[] {3, 32_769}, "[3, 32769]", "each from 1 to 32768");
    numbers("penaltyWeights", new double[] {0.5, 0}, -1, "each 0 or a positive number");
    add("lambda", 2.0, 0.0, "0.0", "a positive number");
    add("boundary", "valid", "open", "'open'", "one of valid, full, circular");
    add("solver", "admm", "lasso", "'lasso'", "one of greedy, fista, admm");
    atLeast("solverIterations", 1);
    add("tolerance", 0.5, 1.0, "1.0", "from 0.00001 to below 1");
    add("changesPerPlace", 2.0, 0.0, "0.0", "a positive number");
    flag("relativeLambda", false);
    flag("nonNegative", true);
    atLeast("dictionary.epochs", 1);
    atLeast("dictionary.batchSize", 0);
    add("wordCount", 7, 0, "0", "from 1 to 32768");
    atLeast("side", 1);
    flag("keepMean", true);
    flag("whiten", false);
    add("floor", 0.5, 0.0, "0.0", "a positive number");
    atLeast("drawn", 0);
    wholes("filterSides", "poolSides", "poolMaps", "iterations", "epochs");
    flag("absolute", true);
    flag("place", false);
    flag("skips", false);
    any("plainSides", "each at least 1");
    any("strides", "each from 1 to 64");
    any("widths", "each from 1 to 4096");
    add("convolutions", 3, 9, "9", "from 1 to 8");
    add("hidden", 8, -1, "-1", "from 0 to 4096");
    add("classCount", 3, 256, "256", "from 0 to 255");
    add("rate", 0.1, 0.0, "0.0", "a positive number");
    add("weightDecay", 0.3, 1.0, "1.0", "from 0 to below 1");
    add("balance", 1.0, 1.5, "1.5", "from 0 to 1");
    atLeast("groupImages", 1);
    atLeast("batchGroups", 1);
    texts("layerCols", new String[] {"layer1"}, "", "none or more, each a column's name");
    texts("outputCols", new String[] {"one", "two"}, "", "each a column's name");
    texts("featuresCols", new String[] {"other"}, "", "each a column's name");
    texts("kernels", new String[] {"linear"}, "cubic", "each one of intersection, linear");
    texts("codings", new String[] {"soft", "llc"}, "none", "each one of hard, soft, softmax, llc");
    texts("connectivities", new String[] {"full", "10 01"}, "12", "each full, singlesAndPairs,");
    texts("filterSteps", new String[] {"leastSquares"}, "x", "each one of unitSphere, leastSq");
  }

  /** Null where there is none: a test says so. */
  static ParamSamples of(Param<?> param) {
    boolean candidates = param.name().equals("c") && param instanceof DoubleArrayParam;
    boolean ofDictionary =
        param.parent().startsWith("convolutionalSparseCoding")
            || param.parent().startsWith("patchSparseCoding");
    String dictionary = "dictionary." + param.name();
    return ofDictionary && ALL.containsKey(dictionary)
        ? ALL.get(dictionary)
        : ALL.get(candidates ? "c[]" : param.name());
  }

  private static void add(String name, Object good, Object bad, String got, String range) {
    ALL.put(name, new ParamSamples(good, bad, got, range));
  }

  private static void columns(String... names) {
    for (String name : names) {
      add(name, "other", "", "''", "a column's name");
    }
  }

  private static void optionalColumns(String... names) {
    for (String name : names) {
      add(name, "other", NULL, "null", "a column's name, or empty for none");
    }
  }

  private static void flag(String name, boolean good) {
    add(name, good, null, "", "true or false");
  }

  private static void atLeast(String name, int least) {
    add(name, least + 4, least - 1, Integer.toString(least - 1), "at least " + least);
  }

  private static void wholes(String... names) {
    for (String name : names) {
      add(name, new int[] {5, 4}, new int[] {5, 0}, "[5, 0]", "each at least 1");
    }
  }

  private static void any(String name, String range) {
    add(name, new int[] {3, 6}, new int[] {3, 0}, "[3, 0]", "none or more, " + range);
  }

  private static void numbers(String name, double[] good, double bad, String range) {
    add(name, good, new double[] {bad}, "[" + bad + "]", range);
  }

  private static void texts(String name, String[] good, String bad, String range) {
    add(name, good, new String[] {bad}, "[" + bad + "]", range);
  }
}
