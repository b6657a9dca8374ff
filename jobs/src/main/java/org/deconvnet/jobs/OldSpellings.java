package org.deconvnet.jobs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Takes a command line as an earlier program spelt it, and says for each old spelling, in one line
 * on the error stream, how it is spelt now. The only place that knows old spellings: the verbs and
 * their help do not.
 */
final class OldSpellings implements IParameterPreprocessor {
  /** The release that knows them no more. */
  private static final String GONE = "0.2";

  private static final Map<String, String> VERBS = Map.of("bench", "speed");
  private static final Map<String, String> OUT = Map.of("--out", "--output");

  /** By verb, as it is called now: its options, old to new. */
  private static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          "quickstart", OUT,
          "train", Map.of("--model", "--output"),
          "classify", OUT,
          "reconstruct", OUT,
          "visualize", OUT,
          "denoise", OUT,
          "benchmark", OUT,
          "ablations", OUT,
          "compare-learners", OUT,
          "speed", Map.of("--json", "--output"));

  /**
   * Rewrites the words of the whole command line in place.
   *
   * @return false: picocli goes on and reads what is on the stack
   */
  @Override
  public boolean preprocess(
      Stack<String> words, CommandSpec root, ArgSpec none, Map<String, Object> unused) {
    // The first word lies on top.
    int verb = words.size() - 1;
    while (verb >= 0 && words.get(verb).startsWith("-")) {
      verb--;
    }
    if (verb < 0) {
      return false;
    }
    Set<String> notices = new LinkedHashSet<>();
    words.set(verb, renamed(words.get(verb), VERBS, notices));
    Map<String, String> options = OPTIONS.getOrDefault(words.get(verb), Map.of());
    for (int i = verb - 1; i >= 0; i--) {
      words.set(i, option(words.get(i), options, notices));
    }
    notices.forEach(root.commandLine().getErr()::println);
    root.commandLine().getErr().flush();
    return false;
  }

  /** The value after an equals sign stays. */
  private static String option(String word, Map<String, String> options, Set<String> notices) {
    List<String> parts = new ArrayList<>(List.of(word.split("=", 2)));
    parts.set(0, renamed(parts.get(0), options, notices));
    return String.join("=", parts);
  }

  private static String renamed(String word, Map<String, String> names, Set<String> notices) {
    String now = names.get(word);
    if (now == null) {
      return word;
    }
    notices.add(
        "deconvnet: %s is now %s; the old spelling goes away in release %s"
            .formatted(word, now, GONE));
    return now;
  }
}
