package org.deconvnet.bench;

import java.util.Scanner;
import java.util.stream.Collectors;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.speed.KernelTurns;

/**
 * One of several processes that take turns: for each line it reads, it times all kernels once and
 * prints a line, {@code shape operation: GFLOP/s} with semicolons between. Ends with its input.
 */
public final class StartsTiming {
  private StartsTiming() {}

  /**
   * @param args seconds a turn
   */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: StartsTiming SECONDS");
      System.exit(2);
    }
    double seconds = Double.parseDouble(args[0]);
    KernelTurns turns = new KernelTurns(ConvolutionEngines.AUTO);
    Scanner asked = new Scanner(System.in);
    while (asked.hasNextLine()) {
      asked.nextLine();
      System.out.println(
          turns.turn(seconds).stream()
              .map(k -> k.shape() + " " + k.op() + ": " + k.gflops())
              .collect(Collectors.joining("; ")));
    }
  }
}
