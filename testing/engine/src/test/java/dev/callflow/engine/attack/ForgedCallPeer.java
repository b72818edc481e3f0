package dev.callflow.engine.attack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A peer that connects to the port for calls and claims to be FreeSWITCH. */
final class ForgedCallPeer implements AutoCloseable {

  private static final int DEADLINE_MILLIS = 60_000;

  private final Socket socket;
  private final BufferedReader in;

  ForgedCallPeer(InetSocketAddress host) throws IOException {
    socket = new Socket(host.getAddress(), host.getPort());
    socket.setSoTimeout(DEADLINE_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Claims to hand over a channel with the given variables, and confirms the host's subscriptions.
   */
  ForgedCallPeer claim(String uuid, String number, Map<String, String> variables)
      throws IOException {
    StringBuilder channel = new StringBuilder();
    channel
        .append("Event-Name: CHANNEL_DATA\nUnique-ID: ")
        .append(uuid)
        .append("\nCaller-Destination-Number: ")
        .append(number)
        .append("\nCaller-Caller-ID-Number: 666\n");
    variables.forEach((name, value) ->
        channel.append("variable_").append(name).append(": ").append(value).append('\n'));
    command();
    send(channel + "Content-Type: command/reply\n\n");
    for (int i = 0; i < 3; i++) {
      command();
      send("Content-Type: command/reply\nReply-Text: +OK\n\n");
    }
    return this;
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /**
   * Reads a command up to the empty line that ends it; returns an empty string if the connection is
   * closed.
   */
  String command() throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        text.append(line).append('\n');
        line = in.readLine();
      }
    } catch (SocketException e) {
      return "";
    }
    return text.toString();
  }

  /** Returns everything that the host sends until it closes the connection. */
  String receivedUntilClosed() throws IOException {
    StringBuilder received = new StringBuilder();
    for (String command = command(); !command.isEmpty(); command = command()) {
      received.append(command);
    }
    return received.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
