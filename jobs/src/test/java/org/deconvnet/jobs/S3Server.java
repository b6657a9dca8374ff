package org.deconvnet.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** s3proxy as a process of its own on loopback, its buckets in a local folder. */
final class S3Server implements AutoCloseable {
  static final String ACCESS_KEY = "AKIALOOPBACKTESTS";
  static final String SECRET_KEY = "a-secret-that-no-output-may-show";

  private static final Path JAR =
      Path.of(System.getProperty("deconvnet.root"), "jobs/target/s3proxy/s3proxy.jar");
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server and waits until it answers. */
  static S3Server start(Path folder) throws IOException, InterruptedException {
    int port = Integer.parseInt(LoopbackCluster.freePort());
    Path settings = folder.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        String.join(
            "\n",
            List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + Files.createDirectories(folder.resolve("s3")))));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3Server server = new S3Server(process, port);
    server.awaitAnswer(folder);
    return server;
  }

  private void awaitAnswer(Path folder) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(200);
      }
    }
    close();
    throw new IOException(
        "the S3 server did not start:\n" + Files.readString(folder.resolve("s3proxy.log")));
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
