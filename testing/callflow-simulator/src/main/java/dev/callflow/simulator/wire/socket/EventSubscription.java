package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.EventNames;
import dev.callflow.simulator.wire.event.WireEvent;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The events that a connection receives, and their format (docs/spec/event-socket.md#events). */
final class EventSubscription {

  /** The events that {@code myevents} subscribes to. */
  private static final Set<String> OF_CALL =
      Set.of(
          "CHANNEL_ANSWER",
          "CHANNEL_APPLICATION",
          "CHANNEL_BRIDGE",
          "CHANNEL_CREATE",
          "CHANNEL_DATA",
          "CHANNEL_DESTROY",
          "CHANNEL_EXECUTE",
          "CHANNEL_EXECUTE_COMPLETE",
          "CHANNEL_HANGUP",
          "CHANNEL_HANGUP_COMPLETE",
          "CHANNEL_ORIGINATE",
          "CHANNEL_UUID",
          "CHANNEL_OUTGOING",
          "CHANNEL_PARK",
          "CHANNEL_PROGRESS",
          "CHANNEL_PROGRESS_MEDIA",
          "CHANNEL_STATE",
          "CHANNEL_UNBRIDGE",
          "CHANNEL_UNPARK",
          "DETECTED_SPEECH",
          "DTMF",
          "NOTALK",
          "TALK");

  private record Filter(String header, String value) {}

  private final Set<String> names = new HashSet<>();
  private final Set<String> subclasses = new HashSet<>();
  private final Set<Filter> filters = new LinkedHashSet<>();
  private boolean all;
  private boolean on;
  private String format = "plain";
  private Optional<String> channel = Optional.empty();

  synchronized Optional<String> subject() {
    return channel;
  }

  /** Returns whether the connection may receive the events of all channels. */
  synchronized boolean isWide() {
    return on && channel.isEmpty();
  }

  String format() {
    return format;
  }

  synchronized void only(String uuid) {
    channel = Optional.of(uuid);
    names.addAll(OF_CALL);
    on = true;
  }

  synchronized String subscribe(String words) {
    boolean any = false;
    boolean custom = false;
    for (String word : List.of(words.split(" +"))) {
      String name = word.toUpperCase(Locale.ROOT);
      if (custom) {
        subclasses.add(word);
      } else if (Set.of("PLAIN", "JSON", "XML").contains(name) && !any) {
        format = word.toLowerCase(Locale.ROOT);
      } else if (name.equals("ALL")) {
        all = true;
        any = true;
      } else if (EventNames.KNOWN.contains(name)) {
        names.add(name);
        custom = name.equals("CUSTOM");
        any = true;
      }
    }
    if (!any) {
      return "-ERR no keywords supplied";
    }
    on = true;
    return "+OK event listener enabled " + format;
  }

  synchronized String unsubscribe(String words) {
    if (words.isEmpty()) {
      return "-ERR no keywords supplied";
    }
    boolean custom = false;
    for (String word : List.of(words.split(" +"))) {
      String name = word.toUpperCase(Locale.ROOT);
      if (custom) {
        subclasses.remove(word);
      } else if (name.equals("ALL")) {
        all = false;
        names.clear();
      } else if (name.equals("CUSTOM")) {
        custom = true;
      } else {
        if (all) {
          all = false;
          names.addAll(EventNames.KNOWN);
        }
        names.remove(name);
      }
    }
    on = true;
    return "+OK events nixed";
  }

  synchronized String none() {
    if (!on) {
      return "-ERR not listening for events";
    }
    on = false;
    all = false;
    names.clear();
    subclasses.clear();
    return "+OK no longer listening for events";
  }

  synchronized String filter(String words) {
    String[] parts = words.split(" ", 2);
    if (parts[0].equalsIgnoreCase("delete") && parts.length == 2) {
      String[] which = parts[1].split(" ", 2);
      String value = which.length == 2 ? which[1] : "";
      filters.removeIf(filter ->
          which[0].equals("all")
              || filter.header.equalsIgnoreCase(which[0])
                  && (value.isEmpty() || filter.value.equals(value)));
      return "+OK filter deleted. [" + which[0] + "][" + value + "]";
    }
    String[] added =
        parts[0].equalsIgnoreCase("add") && parts.length == 2 ? parts[1].split(" ", 2) : parts;
    if (added.length < 2) {
      return "-ERR invalid syntax";
    }
    filters.add(new Filter(added[0], added[1]));
    return "+OK filter added. [" + added[0] + "]=[" + added[1] + "]";
  }

  synchronized boolean accepts(WireEvent event) {
    String name = event.name();
    boolean subscribed =
        on
            && (all
                || (name.equals("CUSTOM")
                    ? subclasses.contains(event.header("Event-Subclass").orElse(""))
                    : names.contains(name)));
    return subscribed && isOfCall(event) && passes(event);
  }

  private boolean isOfCall(WireEvent event) {
    return channel.isEmpty()
        || event.header("Unique-ID").equals(channel)
        || event.header("Job-Owner-UUID").equals(channel);
  }

  /**
   * Returns whether an event passes the filters. If there are any filters, the event must match at
   * least one that includes events, and none that excludes them.
   */
  private boolean passes(WireEvent event) {
    if (filters.isEmpty()) {
      return true;
    }
    boolean passes = false;
    for (Filter filter : filters) {
      boolean denies = filter.value.startsWith("-");
      String pattern =
          denies || filter.value.startsWith("+") ? filter.value.substring(1) : filter.value;
      boolean matches =
          event.header(filter.header).filter(value -> matches(value, pattern)).isPresent();
      if (matches && denies) {
        return false;
      }
      passes |= matches;
    }
    return passes;
  }

  private static boolean matches(String value, String pattern) {
    return pattern.length() > 1 && pattern.startsWith("/") && pattern.endsWith("/")
        ? java.util.regex.Pattern.compile(pattern.substring(1, pattern.length() - 1))
            .matcher(value)
            .find()
        : value.equalsIgnoreCase(pattern);
  }
}
