package dev.callflow.simulator.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a user of the event socket may do who logs in with {@code userauth}.
 *
 * @param events the names of the events that he may ask for, in order, with the subclasses of
 *     {@code CUSTOM} behind it
 * @param api the {@code api} commands that he may run; with {@code bgapi} in the background, too
 * @param log whether he may see the log
 */
public record UserRights(List<String> events, List<String> api, boolean log) {

  private static final Set<String> FORMATS = Set.of("plain", "json", "xml");

  /** Copies the lists. */
  public UserRights {
    events = List.copyOf(events);
    api = List.copyOf(api);
  }

  /** Whether he may say something; what is neither about events, api nor log he may. */
  boolean allow(String word, WireCommand command) {
    return switch (word) {
      case "api" -> api.contains(first(command.after("api")));
      case "bgapi" -> api.contains("bgapi") && api.contains(first(command.after("bgapi")));
      case "event" ->
          Arrays.stream(command.after("event").split(" +"))
              .filter(name -> !FORMATS.contains(name.toLowerCase(Locale.ROOT)))
              .allMatch(events::contains);
      case "log" -> log;
      default -> true;
    };
  }

  private static String first(String words) {
    return words.split(" ")[0];
  }

  /** The headers that tell him. */
  String headers() {
    return "\nAllowed-Events: "
        + String.join(" ", events)
        + "\nAllowed-API: "
        + String.join(" ", api)
        + "\nAllowed-LOG: "
        + log;
  }
}
