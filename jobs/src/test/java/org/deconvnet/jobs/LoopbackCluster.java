package org.deconvnet.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A master and two workers as processes of their own, started and stopped by {@code
 * deploy/cluster}; jobs go there through {@code deploy/submit}, as a user's do.
 */
final class LoopbackCluster {
  private static final Path DEPLOY = Path.of(System.getProperty("deconvnet.root"), "deploy");
  private static final int PATIENCE_MINUTES = 10;

  private final Path home;
  private final Map<String, String> environment;

  /** How a command ended and what it printed, both streams in their order. */
  record Ended(int code, String output) {}

  private LoopbackCluster(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  static LoopbackCluster start(Path home) {
    return start(home, Map.of());
  }

  /**
   * @param environment of all its processes, besides this one's
   */
  static LoopbackCluster start(Path home, Map<String, String> environment) {
    LoopbackCluster cluster = new LoopbackCluster(home, environment);
    Ended ended = cluster.run("cluster", "start", "--port", freePort(), "--ui-port", "0");
    if (ended.code != 0) {
      throw new IllegalStateException("the cluster did not start:\n" + ended.output);
    }
    return cluster;
  }

  static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a job to its end.
   *
   * @param watcher is shown each line as it comes
   */
  Ended submit(Consumer<String> watcher, List<?> options, List<?> job) {
    return submit((line, driver) -> watcher.accept(line), options, job);
  }

  /**
   * As above.
   *
   * @param watcher is shown the process as well, which in client mode is the driver
   */
  Ended submit(BiConsumer<String, Process> watcher, List<?> options, List<?> job) {
    List<Object> words = new ArrayList<>(options);
    words.add("--");
    words.addAll(job);
    return run(watcher, "submit", words.toArray());
  }

  Ended stop() {
    return run("cluster", "stop");
  }

  Ended status() {
    return run("cluster", "status");
  }

  /** Executors and cluster-mode drivers: what the workers started. */
  List<ProcessHandle> executors() {
    return daemons().stream().flatMap(ProcessHandle::children).toList();
  }

  /** Kills a worker and what it started, as if its machine were gone. */
  void killMachine(String worker) {
    ProcessHandle daemon =
        ProcessHandle.of(pid(home.resolve("pids").resolve(worker))).orElseThrow();
    List<ProcessHandle> started = daemon.children().toList();
    daemon.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** The master and the workers. */
  List<ProcessHandle> daemons() {
    try (Stream<Path> files = Files.list(home.resolve("pids"))) {
      return files.flatMap(file -> ProcessHandle.of(pid(file)).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not so for a process that has ended and whose parent has not noticed. */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static long pid(Path file) {
    try {
      return Long.parseLong(Files.readString(file).trim());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What executors and cluster-mode drivers of all jobs so far wrote to their terminals. */
  Map<Path, String> logs() {
    try (Stream<Path> files = Files.walk(home.resolve("workers"))) {
      Map<Path, String> all = new TreeMap<>();
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("std")).toList()) {
        all.put(file, Files.readString(file));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Ended run(String script, Object... arguments) {
    return run((line, process) -> {}, script, arguments);
  }

  private Ended run(BiConsumer<String, Process> watcher, String script, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(DEPLOY.resolve(script).toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DECONVNET_CLUSTER", home.toString());
    builder.environment().putAll(environment);
    StringBuilder output = new StringBuilder();
    try {
      Process process = builder.start();
      // Its end closes the stream that is read below.
      process
          .onExit()
          .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES)
          .exceptionally(late -> process.destroyForcibly());
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          output.append(line).append('\n');
          watcher.accept(line, process);
        }
      }
      return new Ended(process.waitFor(), output.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
