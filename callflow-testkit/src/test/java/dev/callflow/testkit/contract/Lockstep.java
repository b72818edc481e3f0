package dev.callflow.testkit.contract;

import dev.callflow.testkit.contract.Recording.Act;
import dev.callflow.testkit.contract.Recording.Calls;
import dev.callflow.testkit.contract.Recording.Connection;
import dev.callflow.testkit.contract.Recording.HangsUp;
import dev.callflow.testkit.contract.Recording.Presses;
import dev.callflow.testkit.contract.Recording.Received;
import dev.callflow.testkit.contract.Recording.Talks;
import dev.callflow.testkit.contract.Recording.Writes;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays the client's side of a recording against a switch, step by step: what came between two acts
 * of the recording must have come from the switch before the next act is done.
 */
final class Lockstep {

  /** What FreeSWITCH does at once, it has done after so many milliseconds. */
  private static final double AT_ONCE = 30;

  private final Recording recording;
  private final TestedSwitch tested;
  private final Comparison comparison;
  private final Map<String, Wire> wires = new LinkedHashMap<>();
  private int callers;
  private long sent;

  Lockstep(Recording recording, TestedSwitch tested, Comparison comparison) {
    this.recording = recording;
    this.tested = tested;
    this.comparison = comparison;
  }

  void play() throws Exception {
    take(0, recording.acts().getFirst().at());
    for (int i = 0; i < recording.acts().size(); i++) {
      Act act = recording.acts().get(i);
      double now = act.at();
      double next =
          i + 1 < recording.acts().size()
              ? recording.acts().get(i + 1).at()
              : Math.max(now, recording.end()) + 1000;
      tested.at(now);
      perform(act);
      take(now, Math.min(next, now + AT_ONCE));
      tested.settle(sent);
      tested.at(next - 0.001);
      take(Math.min(next, now + AT_ONCE), next);
    }
    for (Wire wire : wires.values()) {
      wire.socket.close();
    }
    recording
        .connections()
        .forEach(it -> {
          Wire wire = wires.get(it.name());
          comparison.rest(it.name(), wire == null ? List.of() : wire.frames());
        });
  }

  private void perform(Act act) throws IOException {
    switch (act) {
      case Writes(double at, String connection, String data) -> {
        Wire wire = wire(connection);
        if (data.isEmpty()) {
          wire.socket.close();
        } else {
          sent += wire.write(comparison.live(data));
        }
      }
      case Calls(double at, String name, String number, String to) -> {
        tested.call(name, number, to);
        callers++;
        String own = Recording.ownLeg(callers);
        comparison.stands(own, tested.uuid(name));
        comparison.stands(recording.legOf(own), tested.leg(name));
      }
      case Presses(double at, String name, String keys) -> tested.press(name, keys);
      case Talks(double at, String name, double millis) -> tested.talk(name, millis);
      case HangsUp(double at, String name, String cause) -> tested.hangUp(name, cause);
    }
  }

  private Wire wire(String connection) throws IOException {
    Wire wire = wires.get(connection);
    if (wire == null) {
      wire = new Wire(open(connection));
      wires.put(connection, wire);
    }
    return wire;
  }

  private Socket open(String name) throws IOException {
    Connection connection =
        recording.connections().stream()
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow();
    if (connection.outbound()) {
      return tested.accept();
    }
    return connection.refused() ? tested.connectAsStranger() : tested.connect();
  }

  /** Takes from the switch what came in the recording meanwhile, and compares. */
  private void take(double from, double until) throws Exception {
    for (Connection connection : recording.connections()) {
      List<Frame> expected = new ArrayList<>();
      for (Received received : connection.frames()) {
        if (received.at() >= from && received.at() < until) {
          expected.add(received.frame());
        }
      }
      if (expected.isEmpty()) {
        continue;
      }
      if (!wires.containsKey(connection.name()) && connection.outbound()) {
        continue;
      }
      Wire wire = wire(connection.name());
      comparison.window(connection.name(), expected, wire::frames, tested.patienceMillis());
    }
  }

  /** A connection whose frames are collected by a thread of its own. */
  private static final class Wire {

    private final Socket socket;
    private final List<Frame> frames = new ArrayList<>();

    Wire(Socket socket) {
      this.socket = socket;
      Thread.ofVirtual().name("contract-wire").start(this::read);
    }

    private void read() {
      FrameReader reader = new FrameReader();
      byte[] buffer = new byte[65_536];
      try {
        int length = socket.getInputStream().read(buffer);
        while (length > 0) {
          add(reader.add(Arrays.copyOf(buffer, length)));
          length = socket.getInputStream().read(buffer);
        }
        add(List.of(Frame.CLOSED));
      } catch (SocketException | SocketTimeoutException e) {
        // Closed by the client: nothing more is to come.
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private synchronized void add(List<Frame> more) {
      frames.addAll(more);
    }

    synchronized List<Frame> frames() {
      return List.copyOf(frames);
    }

    int write(String data) throws IOException {
      byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
      try {
        socket.getOutputStream().write(bytes);
        return bytes.length;
      } catch (SocketException e) {
        // The switch has closed, as it may have in the recording.
        return 0;
      }
    }
  }
}
