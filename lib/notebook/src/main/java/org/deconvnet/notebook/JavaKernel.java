package org.deconvnet.notebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * The kernel that Jupyter starts for a Java notebook: {@code ./deconvnet notebook --kernel FILE}.
 * Cells are Java alone, without magics, and no history is kept.
 */
public final class JavaKernel extends BaseKernel {
  private static final int MOST_FRAMES = 12;

  /** The indent of the next line, which says to Jupyter that there must be one. */
  private static final String INCOMPLETE = "";

  private final JavaCells cells;

  private JavaKernel(JavaCells cells) {
    super(
        "deconvnet-java",
        Runtime.version().toString(),
        new LanguageInfo.Builder("java")
            .version(Integer.toString(Runtime.version().feature()))
            .mimetype("text/x-java")
            .fileExtension(".java")
            .pygments("java")
            .codemirror("text/x-java")
            .build(),
        List.of(),
        (HistoryManager) null,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        (MagicParser) null,
        new MagicsRegistry(),
        false,
        new StringStyler.Builder().build());
    this.cells = cells;
    Views.register(getRenderer());
  }

  /**
   * Serves one notebook until Jupyter says that it is closed.
   *
   * @param arguments the connection file that Jupyter wrote
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    String file = Files.readString(Path.of(arguments[0]));
    JupyterConnection connection = new JupyterConnection(KernelConnectionProperties.parse(file));
    try (JavaCells cells = new JavaCells(System.getProperty("java.class.path"))) {
      JavaKernel kernel = new JavaKernel(cells);
      kernel.becomeHandlerForConnection(connection);
      connection.connect();
      connection.waitUntilClose();
    }
    // A Spark session that no cell has stopped would keep the process alive.
    Runtime.getRuntime().exit(0);
  }

  @Override
  public Object evalRaw(String cell) {
    return cells.run(cell);
  }

  @Override
  public DisplayData inspect(String cell, int at, boolean details) {
    return new DisplayData(cells.documentation(cell, at));
  }

  @Override
  public ReplacementOptions complete(String cell, int at) {
    JavaCells.Suggestions found = cells.suggestions(cell, at);
    return new ReplacementOptions(found.texts(), found.from(), at);
  }

  @Override
  public String isComplete(String cell) {
    return switch (cells.completeness(cell)) {
      case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> INCOMPLETE;
      case UNKNOWN -> IS_COMPLETE_BAD;
      default -> IS_COMPLETE_YES;
    };
  }

  @Override
  public void interrupt() {
    cells.interrupt();
  }

  /** What a cell threw, its causes, and where; or why it does not compile. */
  @Override
  public List<String> formatError(Throwable error) {
    if (error.getCause() == null) {
      return error.getMessage().lines().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Throwable t = error.getCause(); t != null; t = t.getCause()) {
      lines.add((lines.isEmpty() ? "" : "caused by ") + t);
      List.of(t.getStackTrace()).stream()
          .limit(MOST_FRAMES)
          .forEach(frame -> lines.add("    at " + frame));
    }
    return lines;
  }
}
