package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.setup.UserRights;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Checks whether an event-socket user has the right to run a command. */
record RightsCheck(UserRights rights) {

  private static final Set<String> FORMATS = Set.of("plain", "json", "xml");

  /**
   * Returns whether the user may run a command; only event, api and log commands are restricted.
   */
  boolean allow(String word, WireCommand command) {
    return switch (word) {
      case "api" -> rights.api().contains(first(command.after("api")));
      case "bgapi" ->
          rights.api().contains("bgapi") && rights.api().contains(first(command.after("bgapi")));
      case "event" ->
          Arrays.stream(command.after("event").split(" +"))
              .filter(name -> !FORMATS.contains(name.toLowerCase(Locale.ROOT)))
              .allMatch(rights.events()::contains);
      case "log" -> rights.log();
      default -> true;
    };
  }

  private static String first(String words) {
    return words.split(" ")[0];
  }

  /** Returns the headers that show the user their rights. */
  String headers() {
    return "\nAllowed-Events: "
        + String.join(" ", rights.events())
        + "\nAllowed-API: "
        + String.join(" ", rights.api())
        + "\nAllowed-LOG: "
        + rights.log();
  }
}
