package dev.callflow.freeswitch;

import dev.callflow.freeswitch.Recording.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * FreeSWITCH's end of the control connection. Serves one connection at a time and accepts every
 * command.
 */
final class ControlPeer implements AutoCloseable {

  private final ServerSocket server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Socket socket = new Socket();

  ControlPeer() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("control-peer").start(this::serve);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** Returns the background commands received, in order. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        send(new Frame(List.of("Content-Type: auth/request"), ""));
        for (List<String> command = command(in); !command.isEmpty(); command = command(in)) {
          answer(command);
        }
      } catch (SocketException e) {
        // The test has ended or dropped the connection.
        requests.add("closed");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Drops the current connection; the peer then accepts a new one. */
  void drop() throws IOException {
    socket.close();
  }

  private void answer(List<String> command) throws IOException {
    switch (command.getFirst().split(" ", 2)[0]) {
      case "api" -> send(new Frame(List.of("Content-Type: api/response"), "fs1"));
      case "bgapi" -> {
        requests.add(command.getFirst());
        String job = command.getLast().replace("Job-UUID: ", "");
        reply("+OK Job-UUID: " + job);
        String answer =
            command.getFirst().endsWith("json_list") ? "-ERR Conference x not found\n" : "+OK\n";
        send(
            new Frame(
                List.of("Content-Type: text/event-plain"),
                "Event-Name: BACKGROUND_JOB\nJob-UUID: %s\nContent-Length: %d\n\n%s"
                    .formatted(job, answer.length(), answer)));
      }
      default -> reply("+OK");
    }
  }

  private void reply(String text) throws IOException {
    send(new Frame(List.of("Content-Type: command/reply", "Reply-Text: " + text), ""));
  }

  void send(Frame frame) throws IOException {
    socket.getOutputStream().write(frame.bytes());
    socket.getOutputStream().flush();
  }

  private static List<String> command(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    server.close();
    socket.close();
  }
}
