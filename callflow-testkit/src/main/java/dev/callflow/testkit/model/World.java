package dev.callflow.testkit.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that the parts of a switch share; used inside the guard only. */
final class World {

  private final SwitchSettings settings;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private int lastMemberNumber;

  World(SwitchSettings settings) {
    this.settings = settings;
  }

  SwitchSettings settings() {
    return settings;
  }

  Map<String, Channel> channels() {
    return channels;
  }

  Map<String, Room> rooms() {
    return rooms;
  }

  int nextMemberNumber() {
    lastMemberNumber++;
    return lastMemberNumber;
  }
}
