package dev.callflow.simulator.wire;

import dev.callflow.waiting.Eventually;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** An event-socket client that sends commands as given and reads one frame at a time. */
final class RawClient implements AutoCloseable {

  /**
   * A received frame.
   *
   * @param head the header lines
   * @param body the decoded body; empty if there is none
   */
  record Frame(String head, String body) {

    /** The end of the connection. */
    static final Frame CLOSED = new Frame("closed", "");

    /**
     * Summarises the frame: an event by its name and its application or action, any other frame by
     * its reply text or its head.
     */
    String summary() {
      if (!head.contains("text/event-plain")) {
        return head.startsWith("Content-Type: command/reply\nReply-Text: ")
            ? head.substring("Content-Type: command/reply\nReply-Text: ".length())
            : head;
      }
      return (header("Event-Name") + " " + header("Application") + header("Action")).strip();
    }

    String header(String name) {
      return (head + "\n" + body)
          .lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  private final Socket socket;
  private final InputStream in;

  /** Events that arrived while {@link #ask} waited for a reply. */
  private final Queue<Frame> early = new ArrayDeque<>();

  private long sent;

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
  }

  /** Connects to a switch and logs in. */
  static RawClient of(SimulatedFreeSwitch freeSwitch) throws IOException {
    RawClient client = new RawClient(new Socket("127.0.0.1", freeSwitch.esl().getPort()));
    client.next();
    client.ask("auth ClueCon");
    return client;
  }

  /** Connects to a switch from another local address, without logging in. */
  static RawClient from(String address, SimulatedFreeSwitch freeSwitch) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", freeSwitch.esl().getPort()));
    return new RawClient(socket);
  }

  /** Opens a server socket to which calls are handed over. */
  static ServerSocket application() throws IOException {
    ServerSocket application = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    application.setSoTimeout((int) Eventually.LIMIT.toMillis());
    return application;
  }

  void send(String... commands) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String command : commands) {
      text.append(command).append("\n\n");
    }
    sendPart(text.toString());
  }

  /** Sends a part of a command. */
  void sendPart(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    sent += bytes.length;
  }

  /** Returns the number of bytes sent so far. */
  long sent() {
    return sent;
  }

  /**
   * Sends a command and returns the reply. Events that arrive before the reply are returned by
   * {@link #next()} later.
   */
  Frame ask(String command) throws IOException {
    send(command);
    Frame frame = read();
    while (frame.head().contains("text/event-")) {
      early.add(frame);
      frame = read();
    }
    return frame;
  }

  /** Runs an {@code api} command and returns its answer. */
  String api(String command) throws IOException {
    return ask("api " + command).body();
  }

  static String execute(String application, String argument) {
    return "sendmsg\ncall-command: execute\nexecute-app-name: "
        + application
        + "\nexecute-app-arg: "
        + argument;
  }

  /** Returns the next frame. */
  Frame next() throws IOException {
    return early.isEmpty() ? read() : early.remove();
  }

  private Frame read() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 2 || head.lastIndexOf("\n\n") != head.length() - 2) {
      int next = in.read();
      if (next < 0) {
        return Frame.CLOSED;
      }
      head.append((char) next);
    }
    Frame frame = new Frame(head.toString().strip(), "");
    int length = frame.header("Content-Length").isEmpty() ? 0 : number(frame);
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Frame(
        frame.head(),
        frame.head().contains("text/event-plain")
            ? URLDecoder.decode(body.replace("+", "%2B"), StandardCharsets.UTF_8)
            : body);
  }

  private static int number(Frame frame) {
    return Integer.parseInt(frame.header("Content-Length"));
  }

  /** Reads the given number of frames and returns a summary of each. */
  List<String> next(int count) throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next().summary());
    }
    return all;
  }

  /**
   * Reads the given number of frames and returns a summary of each, skipping frames of a kind that
   * may arrive at any time.
   */
  List<String> nextExcept(String ignored, int count) throws IOException {
    List<String> all = new ArrayList<>();
    while (all.size() < count) {
      String summary = next().summary();
      if (!summary.equals(ignored)) {
        all.add(summary);
      }
    }
    return all;
  }

  /**
   * Reads frames until one has the given summary or the connection ends, and returns the last
   * frame.
   */
  Frame until(String summary) throws IOException {
    Frame frame = next();
    while (!frame.summary().equals(summary) && frame != Frame.CLOSED) {
      frame = next();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
