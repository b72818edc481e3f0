package dev.callflow.contract;

import dev.callflow.contract.Recording.Act;
import dev.callflow.contract.Recording.Calls;
import dev.callflow.contract.Recording.Connection;
import dev.callflow.contract.Recording.HangsUp;
import dev.callflow.contract.Recording.Presses;
import dev.callflow.contract.Recording.Received;
import dev.callflow.contract.Recording.Talks;
import dev.callflow.contract.Recording.Writes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays the client's side of a recording against a switch, step by step: the frames recorded
 * between two actions must have arrived before the second action is performed.
 */
final class Lockstep {

  /** The maximum time in milliseconds that FreeSWITCH needs for an immediate reaction. */
  private static final double AT_ONCE = 30;

  private final Recording recording;
  private final TestedSwitch tested;
  private final Comparison comparison;
  private final Map<String, ClientWire> wires = new LinkedHashMap<>();
  private int callers;

  Lockstep(Recording recording, TestedSwitch tested, Comparison comparison) {
    this.recording = recording;
    this.tested = tested;
    this.comparison = comparison;
  }

  void play() throws Exception {
    compare(0, recording.acts().getFirst().at());
    for (int i = 0; i < recording.acts().size(); i++) {
      Act act = recording.acts().get(i);
      double now = act.at();
      double next =
          i + 1 < recording.acts().size()
              ? recording.acts().get(i + 1).at()
              : Math.max(now, recording.end()) + 1000;
      tested.at(now);
      perform(act);
      compare(now, Math.min(next, now + AT_ONCE));
      tested.settle();
      tested.at(next - 0.001);
      compare(Math.min(next, now + AT_ONCE), next);
    }
    for (ClientWire wire : wires.values()) {
      wire.close();
    }
    recording
        .connections()
        .forEach(it -> {
          ClientWire wire = wires.get(it.name());
          comparison.rest(it.name(), wire == null ? List.of() : wire.frames());
        });
  }

  private void perform(Act act) throws IOException, InterruptedException {
    switch (act) {
      case Writes(double at, String connection, String data) -> {
        ClientWire wire = wire(connection);
        if (data.isEmpty()) {
          wire.close();
        } else {
          wire.write(comparison.live(data));
        }
      }
      case Calls(double at, String name, String number, String to) -> {
        tested.call(name, number, to);
        callers++;
        String own = Recording.ownLeg(callers);
        comparison.map(own, tested.uuid(name));
        comparison.map(recording.legOf(own), tested.leg(name));
      }
      case Presses(double at, String name, String keys) -> tested.press(name, keys);
      case Talks(double at, String name, double millis) -> tested.talk(name, millis);
      case HangsUp(double at, String name, String cause) -> tested.hangUp(name, cause);
    }
  }

  private ClientWire wire(String connection) throws IOException, InterruptedException {
    ClientWire wire = wires.get(connection);
    if (wire == null) {
      wire = open(connection);
      wires.put(connection, wire);
    }
    return wire;
  }

  private ClientWire open(String name) throws IOException, InterruptedException {
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

  /** Compares the frames of the switch with those recorded in a time window. */
  private void compare(double from, double until) throws Exception {
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
      ClientWire wire = wire(connection.name());
      tested.settle();
      comparison.window(connection.name(), expected, wire::frames, tested.timeoutMillis());
    }
  }
}
