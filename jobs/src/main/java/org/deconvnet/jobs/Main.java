package org.deconvnet.jobs;

import org.deconvnet.spark.store.ProgramVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** Entry point of {@code ./deconvnet} and of {@code spark-submit}. */
@Command(
    name = "deconvnet",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Learns image features without labels, on Apache Spark.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:success", "1:the run failed", "2:wrong usage", "130, 143:stopped"},
    subcommands = {
      QuickstartCommand.class,
      TrainCommand.class,
      ExtractCommand.class,
      EncodeCommand.class,
      ClassifyCommand.class,
      ReconstructCommand.class,
      VisualizeCommand.class,
      OccludeCommand.class,
      DescribeCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      DenoiseCommand.class,
      InpaintCommand.class,
      SegmentCommand.class,
      GenerateCommand.class,
      PackCommand.class,
      BenchmarkCommand.class,
      AblationsCommand.class,
      CompareLearnersCommand.class,
      SpeedCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      NotebookCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    // Before the first logger, which asks where to write to.
    LogFile.choose(arguments);
    Stopping.watch(arguments);
    int code = execute(arguments);
    Stopping.over();
    if (code != 0) {
      // A cluster's driver reports failure by its exit code alone.
      Runtime.getRuntime().exit(code);
    }
  }

  /** Runs a command line and returns its exit code. */
  static int execute(String... arguments) {
    CommandLine command = commandLine();
    command.getCommandSpec().preprocessor(new OldSpellings());
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError e) {
      return Failures.outOfMemory(command);
    }
  }

  /** All verbs as they are spelt today; old spellings are rewritten before. */
  static CommandLine commandLine() {
    UsageErrors usage = new UsageErrors();
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setHelpFactory(VerbHelp::new)
        .setParameterExceptionHandler(usage)
        .setExecutionStrategy(usage)
        .setExecutionExceptionHandler(new Failures());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + String.join(", ", spec.subcommands().keySet()));
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {ProgramVersion.text()};
    }
  }
}
