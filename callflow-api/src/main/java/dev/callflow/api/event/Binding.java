package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client subscribes to of a conference (docs/spec/events.md#websocket). In an id, a point is
 * written {@code %2E}, since points part the binding.
 */
sealed interface Binding {

  /**
   * Its events: {@code conference.event.{CONF}.{CALL|*}}, {@code
   * conference.event.{CONF}.*.{EVENT|*}}.
   */
  record OfEvents(String text, String conference, String call, String event) implements Binding {

    @Override
    public boolean matches(ConferenceEvent happened) {
      return (event.equals(ANY) || event.equals(happened.event()))
          && (call.equals(ANY) || call.equals(happened.payload().path("call_id").asString("")));
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

  /** What clients have done to it: {@code conference.command.{CONF}}. */
  record OfCommands(String text, String conference) implements Binding {

    @Override
    public boolean matches(ConferenceEvent happened) {
      return false;
    }

    @Override
    public String key(String account) {
      return String.join(".", "conference.command", escaped(account), escaped(conference));
    }
  }

  /** A text that was read. */
  sealed interface Read {

    /** It is a binding. */
    record Good(Binding binding) implements Read {}

    /** It is none. */
    record Bad(String why) implements Read {}
  }

  String ANY = "*";

  /** All that are published; see {@code docs/rooms.md}. */
  Set<String> EVENTS =
      Arrays.stream(EventType.values()).map(EventType::key).collect(Collectors.toUnmodifiableSet());

  /** As the client wrote it. */
  String text();

  String conference();

  /** Whether an event is what the client wants; commands are no events. */
  boolean matches(ConferenceEvent happened);

  default boolean isOfEvents() {
    return switch (this) {
      case OfEvents events -> true;
      case OfCommands commands -> false;
    };
  }

  default boolean isOfCommands() {
    return !isOfEvents();
  }

  /** By what it is known inside: with the account, so that no other account's room can match. */
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
    if (conference.isEmpty() || conference.equals(ANY)) {
      return new Read.Bad("ConferenceId required");
    }
    return commands
        ? new Read.Good(new OfCommands(text, conference))
        : events(text, conference, decoded(parts[3]), parts.length == 5 ? parts[4] : ANY);
  }

  private static Read events(String text, String conference, String call, String event) {
    if (call.isEmpty() || !event.equals(ANY) && !call.equals(ANY)) {
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
