package org.deconvnet.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JavaCellsTest {
  private static final JavaCells CELLS = new JavaCells(System.getProperty("java.class.path"));

  @AfterAll
  static void close() {
    CELLS.close();
  }

  @Test
  void theLastExpressionIsTheCellsValue() {
    assertThat(CELLS.run("int one = 1;\nint two = one + 1;\none + two")).isEqualTo(3);
    assertThat(CELLS.run("two * 21")).isEqualTo(42);
  }

  @Test
  void aSemicolonADeclarationAndNothingHaveNoValue() {
    assertThat(CELLS.run("1 + 1;")).isNull();
    assertThat(CELLS.run("int declared = 5")).isNull();
    assertThat(CELLS.run("")).isNull();
    assertThat(CELLS.run("// a remark\n")).isNull();
  }

  @Test
  void valuesAreTheObjectsThemselves() {
    Object value =
        CELLS.run(
            "import java.awt.image.BufferedImage;\n"
                + "new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB)");
    assertThat(value)
        .isInstanceOfSatisfying(
            BufferedImage.class, picture -> assertThat(picture.getHeight()).isEqualTo(3));
  }

  @Test
  void methodsRecordsAndLambdasAreKept() {
    CELLS.run("record Pair(int a, int b) {}\nint sum(Pair p) {\n  return p.a() + p.b();\n}");
    assertThat(
            CELLS.run(
                "Stream.of(new Pair(1, 2), new Pair(3, 4)).mapToInt(p -> sum(p)).boxed().toList()"))
        .isEqualTo(List.of(3, 7));
  }

  @Test
  void aCellThatDoesNotCompileSaysWhyAndWhere() {
    assertThatThrownBy(() -> CELLS.run("int good = 1;\nint bad = \"text\";"))
        .isInstanceOf(CellFailure.class)
        .hasMessageContaining("String cannot be converted to int")
        .hasMessageEndingWith("int bad = \"text\";");
    assertThatThrownBy(() -> CELLS.run("NoSuchType value = null;"))
        .isInstanceOf(CellFailure.class)
        .hasMessageContaining("NoSuchType");
    assertThatThrownBy(() -> CELLS.run("if (true) {"))
        .isInstanceOf(CellFailure.class)
        .hasMessageContaining("if (true) {");
  }

  @Test
  void whatACellThrowsIsTheCauseAndEndsTheCell() {
    assertThatThrownBy(() -> CELLS.run("int before = 1;\nInteger.parseInt(\"x\");\nint after = 2;"))
        .isInstanceOf(CellFailure.class)
        .hasCauseInstanceOf(NumberFormatException.class);
    assertThat(CELLS.run("before")).isEqualTo(1);
    assertThatThrownBy(() -> CELLS.run("after")).hasMessageContaining("after");
  }

  @Test
  void aCellThatRunsCanBeInterrupted() throws InterruptedException {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread cell =
        new Thread(
            () -> {
              try {
                CELLS.run("Thread.sleep(600_000);");
              } catch (CellFailure e) {
                end.complete(e.getCause());
              }
            });
    cell.start();
    while (!end.isDone()) {
      CELLS.interrupt();
      Thread.sleep(20);
    }
    assertThat(end.join()).isInstanceOf(InterruptedException.class);
    cell.join();
  }

  @Test
  void aCellIsCompletedAndExplained() {
    JavaCells.Suggestions found = CELLS.suggestions("\"text\".isBl", 11);
    assertThat(found.texts()).contains("isBlank()");
    assertThat(found.from()).isEqualTo(7);
    assertThat(CELLS.documentation("\"text\".indent(", 14)).contains("indent(int n)");
    assertThat(CELLS.completeness("for (;;) {")).isEqualTo(Completeness.DEFINITELY_INCOMPLETE);
  }
}
