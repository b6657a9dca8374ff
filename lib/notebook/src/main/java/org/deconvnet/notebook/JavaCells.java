package org.deconvnet.notebook;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Java, a cell at a time: declarations stay, and an expression's value is the cell's. Classes that
 * cells declare are unknown to Spark's tasks, so a cell hands Spark columns, not lambdas. One cell
 * at a time.
 */
final class JavaCells implements AutoCloseable {
  private static final List<String> IMPORTS =
      List.of("java.util.*", "java.util.function.*", "java.util.stream.*", "java.nio.file.*");

  private final CellControl control = new CellControl();
  private final JShell shell;

  /**
   * @param classPath what cells may use, as {@code java.class.path} writes it; the same as this
   *     process has
   */
  JavaCells(String classPath) {
    shell =
        JShell.builder()
            .executionEngine(new InThisProcess(control), Map.of())
            .compilerOptions("-classpath", classPath, "-proc:none")
            .build();
    IMPORTS.forEach(name -> run("import " + name + ";"));
  }

  private record InThisProcess(CellControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "in this process";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /**
   * Runs a cell, up to its first failure.
   *
   * @return the value of its last line, if that is an expression without a semicolon; else null
   * @throws CellFailure if it does not compile or throws
   */
  Object run(String cell) {
    Object value = null;
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (next.completeness() == Completeness.EMPTY) {
        break;
      }
      if (!next.completeness().isComplete() && next.completeness() != Completeness.UNKNOWN) {
        throw new CellFailure("expected the end of what begins here: " + rest.strip());
      }
      boolean unknown = next.completeness() == Completeness.UNKNOWN;
      value = runOne(unknown ? rest : next.source());
      rest = unknown ? "" : next.remaining();
    }
    return cell.stripTrailing().endsWith(";") ? null : value;
  }

  private Object runOne(String source) {
    Object value = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      requireSuccess(event);
      value = isExpression(event.snippet()) ? control.value() : null;
    }
    return value;
  }

  /** The shell keeps an expression's value in a variable of its own making. */
  private static boolean isExpression(Snippet snippet) {
    return snippet.kind() == Snippet.Kind.EXPRESSION
        || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private void requireSuccess(SnippetEvent event) {
    switch (event.status()) {
      case REJECTED -> throw new CellFailure(complaints(event.snippet()));
      case RECOVERABLE_NOT_DEFINED -> throw new CellFailure(missing(event.snippet()));
      default -> {}
    }
    if (event.exception() != null) {
      Throwable thrown = control.thrown() == null ? event.exception() : control.thrown();
      throw new CellFailure(thrown);
    }
  }

  private String complaints(Snippet snippet) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .map(each -> each.getMessage(null) + "\n    " + place(snippet.source(), each))
        .collect(Collectors.joining("\n"));
  }

  /** The line that a complaint is about. */
  private static String place(String source, Diag complaint) {
    int at = (int) Math.max(0, Math.min(complaint.getPosition(), source.length()));
    int end = source.indexOf('\n', at);
    return source
        .substring(source.lastIndexOf('\n', at - 1) + 1, end < 0 ? source.length() : end)
        .strip();
  }

  private String missing(Snippet snippet) {
    String names =
        snippet instanceof jdk.jshell.DeclarationSnippet declaration
            ? shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "))
            : "";
    return "cannot find %s in: %s".formatted(names, snippet.source().strip());
  }

  /** What may stand at a place in a cell, and how much of the cell it replaces. */
  Suggestions suggestions(String cell, int at) {
    int[] from = {at};
    List<String> texts =
        shell.sourceCodeAnalysis().completionSuggestions(cell, at, from).stream()
            .map(SourceCodeAnalysis.Suggestion::continuation)
            .distinct()
            .toList();
    return new Suggestions(texts, from[0]);
  }

  /** Texts that may stand from a place on. */
  record Suggestions(List<String> texts, int from) {}

  /** Signatures and documentation of what is called at a place in a cell, a line each. */
  String documentation(String cell, int at) {
    return shell.sourceCodeAnalysis().documentation(cell, at, false).stream()
        .map(SourceCodeAnalysis.Documentation::signature)
        .collect(Collectors.joining("\n"));
  }

  /** Whether Enter ends the cell, as a terminal asks. */
  Completeness completeness(String cell) {
    return shell.sourceCodeAnalysis().analyzeCompletion(cell).completeness();
  }

  /** Interrupts the cell that runs, if one does. */
  void interrupt() {
    control.stop();
  }

  @Override
  public void close() {
    shell.close();
  }
}
