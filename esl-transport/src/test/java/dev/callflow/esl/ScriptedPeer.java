package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** The other end of a connection, controlled by the test. */
final class ScriptedPeer implements AutoCloseable {

  private static final int DEADLINE = (int) Eventually.LIMIT.toMillis();

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  private ScriptedPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(DEADLINE);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
  }

  static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(DEADLINE);
    return server;
  }

  static ScriptedPeer accept(ServerSocket server) throws IOException {
    return new ScriptedPeer(server.accept());
  }

  static ScriptedPeer connect(InetSocketAddress address) throws IOException {
    return new ScriptedPeer(new Socket(address.getAddress(), address.getPort()));
  }

  /** Waits until one of two peers has received data, and returns that peer. */
  static ScriptedPeer firstToReceive(ScriptedPeer one, ScriptedPeer other) {
    Eventually.holds(
        "one of two peers has received data",
        () -> one.hasInput() || other.hasInput(),
        () -> "none");
    return one.hasInput() ? one : other;
  }

  private boolean hasInput() {
    try {
      return in.ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a command up to its empty line. */
  String command() throws IOException {
    StringBuilder text = new StringBuilder();
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(line);
      line = in.readLine();
    }
    return text.toString();
  }

  ScriptedPeer expect(String command) throws IOException {
    assertThat(command()).isEqualTo(command);
    return this;
  }

  ScriptedPeer send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return this;
  }

  ScriptedPeer send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  ScriptedPeer reply(String text) throws IOException {
    return send("Content-Type: command/reply\nReply-Text: " + text + "\n\n");
  }

  ScriptedPeer api(String body) throws IOException {
    return send("Content-Type: api/response\nContent-Length: " + body.length() + "\n\n" + body);
  }

  ScriptedPeer event(String headers) throws IOException {
    String body = headers + "\n";
    return send("Content-Length: " + body.length() + "\nContent-Type: text/event-plain\n\n" + body);
  }

  /** Greets a client, accepts its password and answers its first api commands. */
  ScriptedPeer greet(String coreUuid) throws IOException {
    send("Content-Type: auth/request\n\n");
    expect("auth secret").reply("+OK accepted");
    expect("api global_getvar core_uuid").api(coreUuid);
    expect("api version").api("FreeSWITCH Version 1.11.2\n");
    return expect("api hostname").api("fs1");
  }

  /** Completes the login of a client, including its subscription. */
  ScriptedPeer logIn(String coreUuid) throws IOException {
    greet(coreUuid);
    assertThat(command()).startsWith("event plain").contains("BACKGROUND_JOB");
    return reply("+OK event listener enabled plain");
  }

  /** Sends events numbered {@code from} to {@code to - 1}, as fast as the socket accepts them. */
  ScriptedPeer events(int from, int to) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = from; i < to; i++) {
      String body = "Event-Name: HEARTBEAT\nN: " + i + "\n\n";
      all.append("Content-Length: ")
          .append(body.length())
          .append("\nContent-Type: text/event-plain\n\n")
          .append(body);
    }
    return send(all.toString());
  }

  /** Waits until the other end closes the connection or, if there is unread data, resets it. */
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
