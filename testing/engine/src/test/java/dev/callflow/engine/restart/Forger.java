package dev.callflow.engine.restart;

import dev.callflow.simulator.network.Connection;
import dev.callflow.testkit.network.VirtualNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connects to the host's port for calls and claims a call that another connection controls. */
final class Forger {

  private static final int GREETING = 4;

  private Forger() {}

  /** Returns the commands that the host sends after the handshake, until it disconnects. */
  static List<String> claim(
      VirtualNetwork network, InetSocketAddress host, String uuid, String position) {
    try (Connection connection = network.connect(host)) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.input(), StandardCharsets.UTF_8));
      command(in);
      send(
          connection,
          "Event-Name: CHANNEL_DATA\nUnique-ID: "
              + uuid
              + "\nCaller-Destination-Number: 5002\nvariable_callflow_position: "
              + position
              + "\nContent-Type: command/reply\nReply-Text: %2BOK%0A\n\n");
      for (int i = 1; i < GREETING; i++) {
        command(in);
        send(connection, "Content-Type: command/reply\nReply-Text: +OK\n\n");
      }
      List<String> commands = new ArrayList<>();
      for (String next = command(in); !next.isEmpty(); next = command(in)) {
        commands.add(next);
      }
      return commands;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Connection connection, String text) throws IOException {
    connection.output().write(text.getBytes(StandardCharsets.UTF_8));
    connection.output().flush();
  }

  private static String command(BufferedReader in) throws IOException {
    StringBuilder text = new StringBuilder();
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      text.append(line).append('\n');
      line = in.readLine();
    }
    return text.toString();
  }
}
