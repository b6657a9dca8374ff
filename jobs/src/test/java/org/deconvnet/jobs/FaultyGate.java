package org.deconvnet.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Stands before an S3 server and spoils requests. One request a connection: the server is asked to
 * close it, so that every request passes the gate.
 */
final class FaultyGate implements AutoCloseable {
  /** What becomes of a request. */
  enum Fault {
    NONE,
    INTERNAL_ERROR,
    SLOW_DOWN,
    DENIED,
    /** The connection ends in the middle of the server's answer. */
    CUT_ANSWER,
    /** The connection ends before the request's body is through. */
    CUT_REQUEST
  }

  private static final int SOME_BYTES = 300;
  private static final int BODY_MILLIS = 200;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private final int server;
  private final Function<String, Fault> plan;

  /**
   * @param server the port behind the gate
   * @param plan decides by a request's first line, in one thread at a time
   */
  FaultyGate(int server, Function<String, Fault> plan) throws IOException {
    this.server = server;
    this.plan = plan;
    threads.execute(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  synchronized int count(Fault fault) {
    return counts.getOrDefault(fault, 0);
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> pass(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private synchronized Fault next(String head) {
    Fault fault = plan.apply(head.substring(0, head.indexOf('\r')));
    counts.merge(fault, 1, Integer::sum);
    return fault;
  }

  private void pass(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      switch (next(head)) {
        case INTERNAL_ERROR -> refuse(client, "500 Internal Server Error", "InternalError");
        case SLOW_DOWN -> refuse(client, "503 Slow Down", "SlowDown");
        case DENIED -> refuse(client, "403 Forbidden", "AccessDenied");
        case CUT_REQUEST -> cut(client);
        case CUT_ANSWER -> forward(client, head, SOME_BYTES);
        case NONE -> forward(client, head, Long.MAX_VALUE);
      }
    } catch (IOException e) {
      // The other side has gone; the client of the gate sees that as well.
      return;
    }
  }

  /** Takes the beginning of a body and goes; a request without one is not waited for. */
  private static void cut(Socket client) throws IOException {
    client.setSoTimeout(BODY_MILLIS);
    client.getInputStream().readNBytes(SOME_BYTES);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (b == '\n') {
        text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
    }
    return "";
  }

  private static void refuse(Socket client, String status, String code) throws IOException {
    String body = "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, status);
    String answer =
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, body.length(), body);
    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
    client.shutdownOutput();
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void forward(Socket client, String head, long answerBytes) throws IOException {
    String closing = head.replaceFirst("(?i)\r\nConnection: [^\r]*", "");
    closing = closing.substring(0, closing.length() - 2) + "Connection: close\r\n\r\n";
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      OutputStream up = upstream.getOutputStream();
      up.write(closing.getBytes(StandardCharsets.ISO_8859_1));
      up.flush();
      threads.execute(
          () -> {
            try {
              client.getInputStream().transferTo(up);
            } catch (IOException e) {
              // The answer has ended, and the sockets with it.
              return;
            }
          });
      copy(upstream.getInputStream(), client.getOutputStream(), answerBytes);
    }
  }

  private static void copy(InputStream from, OutputStream to, long most) throws IOException {
    byte[] buffer = new byte[8192];
    long left = most;
    for (int n = from.read(buffer); n >= 0 && left > 0; n = from.read(buffer)) {
      to.write(buffer, 0, (int) Math.min(n, left));
      to.flush();
      left -= n;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
