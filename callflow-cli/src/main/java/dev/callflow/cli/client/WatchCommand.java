package dev.callflow.cli.client;

import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow watch}: prints the events of rooms as they happen. */
@Command(
    name = "watch",
    header = "Prints the events of rooms on a host as they happen.",
    description =
        "Prints the events of one room or of all rooms until you press Ctrl+C. After a lost"
            + " connection, it connects again and continues with the events since then.",
    mixinStandardHelpOptions = true)
public final class WatchCommand extends ClientCommand {

  private static final String ALL = "conference.event.*.*";

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LAST_DELAY = Duration.ofSeconds(30);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  @Parameters(
      arity = "0..1",
      paramLabel = "ROOM",
      description = "The room's id, or its name or number. Default: all rooms of the account")
  private @Nullable String room;

  private final TimeSource time = TimeSource.system();
  private final Positions positions = new Positions();

  /** The rooms whose events arrive by a subscription of their own, and not by that for all. */
  private Set<String> own = Set.of();

  /** The version after which the events of rooms follow that begin from now on. */
  private long beginning;

  private boolean connected;
  private Duration delay = FIRST_DELAY;

  /** Creates the command. */
  public WatchCommand() {}

  @Override
  int run(HostApi host) throws InterruptedException {
    String named = room;
    String one = named == null ? null : host.rooms().find(named).orElse(named);
    while (true) {
      try (EventSocket socket = new EventSocket(host, time)) {
        subscribe(host, socket, one);
        note(
            (connected ? "connected again to " : "watching " + (one == null ? "" : one + " on "))
                + host.host());
        connected = true;
        delay = FIRST_DELAY;
        while (show(socket.next())) {
          // The next event.
        }
        return 0;
      } catch (HostException e) {
        if (!connected || !e.isPassing()) {
          throw e;
        }
        note(e.getMessage() + "; trying again in " + delay.toSeconds() + " s");
      }
      time.<Boolean>inbox(1).poll(delay);
      delay = delay.multipliedBy(2).compareTo(LAST_DELAY) < 0 ? delay.multipliedBy(2) : LAST_DELAY;
    }
  }

  /**
   * Subscribes to the events of all rooms from now on, and to those of each known room from where
   * they ended. What the first subscription delivers waits until it is clear which rooms are known.
   */
  private void subscribe(HostApi host, EventSocket socket, @Nullable String one)
      throws InterruptedException {
    if (one == null) {
      socket.subscribe(ALL, OptionalLong.empty());
    }
    RunningRooms now = host.rooms();
    for (ObjectNode row : now.rows()) {
      String id = RunningRooms.id(row);
      if (one == null || one.equals(id)) {
        // A room that is new after a lost connection has begun since the last list.
        long version = row.at("/_read_only/version").asLong(now.eventsFrom());
        positions.begin(id, connected ? beginning : version);
      }
    }
    if (one != null) {
      positions.begin(one, connected ? beginning : now.eventsFrom());
    }
    own = positions.rooms();
    for (String id : own) {
      socket.subscribe(binding(id), OptionalLong.of(positions.of(id)));
    }
    beginning = now.eventsFrom();
  }

  private static String binding(String room) {
    return "conference.event."
        + room.replace("%", "%25").replace(".", "%2E").replace("*", "%2A")
        + ".*";
  }

  /** Shows what the host has sent; returns false if nobody reads it any more. */
  private boolean show(JsonNode frame) {
    String action = frame.path("action").asString("");
    String key = frame.path("subscribed_key").asString("");
    JsonNode data = frame.path("data");
    if (action.equals("missed")) {
      return missed(key, data);
    }
    if (!action.equals("event")) {
      return true;
    }
    String id = data.path("conference_id").asString("");
    if (key.equals(ALL) && own.contains(id)
        || !id.isEmpty() && !positions.isNew(id, data.path("version").asLong(0))) {
      return true;
    }
    return line(json() ? Printable.json(data) : now() + "  " + EventText.of(data));
  }

  /** Shows that events are missing: this client was too slow, or was away for too long. */
  private boolean missed(String key, JsonNode data) {
    long count = data.path("count").asLong(0);
    String where =
        key.equals(ALL) ? "" : key.replaceFirst("^conference\\.event\\.(.*)\\.\\*$", "$1");
    if (json()) {
      ObjectNode missed = Json.object().put("event", "missed").put("count", count);
      return line(Printable.json(where.isEmpty() ? missed : missed.put("conference_id", where)));
    }
    return line(
        now()
            + "  "
            + (where.isEmpty() ? "-" : where)
            + "  missed  "
            + (count == 0 ? "an unknown number of" : count)
            + " events");
  }

  private String now() {
    return TIME.format(time.now().atZone(ZoneId.systemDefault()));
  }
}
