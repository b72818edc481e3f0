package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The events or actions of a conference that a client subscribes to
 * (docs/spec/events.md#websocket). Dots separate the parts of a binding, so a dot in an id is
 * written {@code %2E}.
 */
sealed interface Binding {

  /**
   * Events of the conference, or of all conferences if it is {@code *}: {@code
   * conference.event.{CONF}.{CALL|*}}, {@code conference.event.{CONF}.*.{EVENT|*}}, or in the order
   * of Kazoo 5 {@code conference.event.{EVENT|*}.{CONF|*}.{CALL|*}}.
   */
  record OfEvents(String text, String conference, String call, String event) implements Binding {

    @Override
    public boolean matches(ConferenceEvent received) {
      return (event.equals(ANY) || event.equals(received.name()))
          && (call.equals(ANY)
              || received.callId().filter(id -> id.value().equals(call)).isPresent());
    }

    @Override
    public String key(String account) {
      return String.join(
          ".",
          "conference.event",
          event,
          escaped(account),
          escaped(conference),
          call.equals(ANY) ? ANY : escaped(call));
    }
  }

  /** Actions that clients perform on the conference: {@code conference.command.{CONF}}. */
  record OfCommands(String text, String conference) implements Binding {

    @Override
    public boolean matches(ConferenceEvent received) {
      return false;
    }

    @Override
    public String key(String account) {
      return String.join(".", "conference.command", escaped(account), escaped(conference));
    }
  }

  /** The result of parsing a binding. */
  sealed interface Read {

    /** The text is a valid binding. */
    record Good(Binding binding) implements Read {}

    /** The text is not a valid binding. */
    record Bad(String reason) implements Read {}
  }

  String ANY = "*";

  /** The names of all published events; see {@code docs/rooms.md}. */
  Set<String> EVENTS =
      Arrays.stream(EventType.values()).map(EventType::key).collect(Collectors.toUnmodifiableSet());

  /** Returns the binding as the client wrote it. */
  String text();

  String conference();

  default boolean isOfOneConference() {
    return !conference().equals(ANY);
  }

  /**
   * Returns whether this binding includes an event of its conference; a binding for commands
   * includes none.
   */
  boolean matches(ConferenceEvent received);

  default boolean isOfEvents() {
    return switch (this) {
      case OfEvents events -> true;
      case OfCommands commands -> false;
    };
  }

  default boolean isOfCommands() {
    return !isOfEvents();
  }

  /**
   * Returns a key that contains the account, so that bindings of different accounts never match.
   */
  String key(String account);

  static Read read(String text) {
    String[] parts = text.split("\\.", -1);
    boolean events =
        text.startsWith("conference.event.") && (parts.length == 4 || parts.length == 5);
    boolean commands = text.startsWith("conference.command.") && parts.length == 3;
    if (!events && !commands) {
      return invalid(text);
    }
    String conference = decoded(parts[2]);
    if (conference.isEmpty() || commands && conference.equals(ANY)) {
      return new Read.Bad("ConferenceId required");
    }
    if (commands) {
      return new Read.Good(new OfCommands(text, conference));
    }
    String call = decoded(parts[3]);
    if (parts.length == 5 && beginsWithEvent(parts)) {
      return call.isEmpty()
          ? new Read.Bad("ConferenceId required")
          : events(text, call, decoded(parts[4]), parts[2]);
    }
    String event = parts.length == 5 ? parts[4] : ANY;
    return event.equals(ANY) || call.equals(ANY)
        ? events(text, conference, call, event)
        : invalid(text);
  }

  /**
   * Returns whether the parts are in the order of Kazoo 5: event, conference, call. The other order
   * has the event last, and {@code *} before it.
   */
  private static boolean beginsWithEvent(String[] parts) {
    boolean eventIsLast =
        parts[3].equals(ANY) && (EVENTS.contains(parts[4]) || parts[4].equals(ANY));
    return EVENTS.contains(parts[2])
        ? !(parts[3].equals(ANY) && EVENTS.contains(parts[4]))
        : parts[2].equals(ANY) && !eventIsLast;
  }

  private static Read events(String text, String conference, String call, String event) {
    if (call.isEmpty()) {
      return invalid(text);
    }
    return event.equals(ANY) || EVENTS.contains(event)
        ? new Read.Good(new OfEvents(text, conference, call, event))
        : new Read.Bad("Unsupported conference event " + event);
  }

  private static Read invalid(String text) {
    return new Read.Bad("invalid format for conference subscription : " + text);
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  static String escaped(String id) {
    return id.replace("%", "%25").replace(".", "%2E").replace(" ", "%20");
  }
}
