package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.stream.Recording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Recorded events of a FreeSWITCH call, with the ids replaced by those of another call. */
final class RecordedEvents {

  private static final String CALL = "@call@";
  private static final String ID = "@id@";
  private static final String WHAT = "@what@";
  private static final String MEMBER = "@member@";
  private static final String ROOM = "@room@";
  private static final String INSTANCE = "@instance@";
  private static final String SIZE = "@size@";
  private static final String NUMBER = "@number@";
  private static final String DIALLED = "@dialled@";
  private static final String CALLER = "@caller@";

  /**
   * Gives each event its own sequence number, because the library ignores events with repeated
   * numbers.
   */
  private final AtomicLong sequence = new AtomicLong(1_000_000);

  private final String channelData;
  private final String execute;
  private final String complete;
  private final String key;
  private final String created;
  private final String added;
  private final String removed;
  private final String destroyed;
  private final String hangup;
  private final String hungUp;

  RecordedEvents() {
    List<String> bodies = Recording.PLAIN.bodies();
    channelData =
        with(
                    with(
                        call(find(bodies, "Event-Name: CHANNEL_ANSWER\n")),
                        "Caller-Destination-Number",
                        DIALLED),
                    "Caller-Caller-ID-Number",
                    CALLER)
                .replace("Event-Name: CHANNEL_ANSWER", "Event-Name: CHANNEL_DATA")
                .strip()
            + "\nContent-Type: command/reply\nReply-Text: %2BOK%0A\nSocket-Mode: async\n"
            + "Control: full\n\n";
    execute = application(find(bodies, "Event-Name: CHANNEL_EXECUTE\n"));
    complete = application(find(bodies, "Event-Name: CHANNEL_EXECUTE_COMPLETE\n"));
    key = with(call(find(bodies, "Event-Name: DTMF\n")), "DTMF-Digit", WHAT);
    created = room(find(bodies, "Action: conference-create\n"));
    added = member(find(bodies, "Action: add-member\n"));
    removed = member(find(bodies, "Action: del-member\n"));
    destroyed = room(find(bodies, "Action: conference-destroy\n"));
    hangup = hangup(find(bodies, "Event-Name: CHANNEL_HANGUP\n"));
    hungUp = hangup(find(bodies, "Event-Name: CHANNEL_HANGUP_COMPLETE\n"));
  }

  private static String find(List<String> bodies, String line) {
    return bodies.stream().filter(body -> body.contains(line)).findFirst().orElseThrow();
  }

  private static String call(String body) {
    int start = body.indexOf("\nUnique-ID: ") + "\nUnique-ID: ".length();
    return numbered(body.replace(body.substring(start, body.indexOf('\n', start)), CALL));
  }

  private static String numbered(String body) {
    return with(body, "Event-Sequence", NUMBER);
  }

  private static String application(String body) {
    return with(with(call(body), "Application-UUID", ID), "Application", WHAT);
  }

  private static String hangup(String body) {
    return with(call(body), "Hangup-Cause", WHAT);
  }

  private static String room(String body) {
    String named = with(numbered(body), "Conference-Name", ROOM);
    return with(with(named, "Conference-Unique-ID", INSTANCE), "Conference-Size", SIZE);
  }

  private static String member(String body) {
    return with(call(room(body)), "Member-ID", MEMBER);
  }

  /** Replaces the value of a header, also if the header is repeated. */
  private static String with(String body, String header, String value) {
    return body.replaceAll("(?m)^" + header + ": .*$", header + ": " + value);
  }

  String channelData(String call, String dialled, String caller) {
    return channelData
        .replace(CALL, call)
        .replace(NUMBER, "1")
        .replace(DIALLED, dialled)
        .replace(CALLER, caller);
  }

  String execute(String call, String application, String id) {
    return frame(execute, CALL, call, WHAT, application, ID, id);
  }

  String complete(String call, String application, String id) {
    return frame(complete, CALL, call, WHAT, application, ID, id);
  }

  /** Returns the event for a pressed key. The key must be percent-encoded. */
  String key(String call, String digit) {
    return frame(key, CALL, call, WHAT, digit);
  }

  String created(SwitchRooms.Place place) {
    return ofRoom(created, place);
  }

  String added(String call, SwitchRooms.Place place, int member) {
    return ofMember(added, call, place, member);
  }

  String removed(String call, SwitchRooms.Place place, int member) {
    return ofMember(removed, call, place, member);
  }

  String destroyed(SwitchRooms.Place place) {
    return ofRoom(destroyed, place);
  }

  /** Returns the event that a call is hanging up. */
  String hangup(String call, String cause) {
    return frame(hangup, CALL, call, WHAT, cause);
  }

  /** Returns the event that a call has hung up, the last one of the call. */
  String hungUp(String call, String cause) {
    return frame(hungUp, CALL, call, WHAT, cause);
  }

  private String ofRoom(String body, SwitchRooms.Place place) {
    return frame(body, ROOM, place.room(), INSTANCE, place.instance(), SIZE, size(place));
  }

  private String ofMember(String body, String call, SwitchRooms.Place place, int member) {
    return frame(
        body,
        CALL,
        call,
        ROOM,
        place.room(),
        INSTANCE,
        place.instance(),
        SIZE,
        size(place),
        MEMBER,
        String.valueOf(member));
  }

  private static String size(SwitchRooms.Place place) {
    return String.valueOf(place.size());
  }

  private String frame(String body, String... replacements) {
    String text = body.replace(NUMBER, String.valueOf(sequence.incrementAndGet()));
    for (int i = 0; i < replacements.length; i += 2) {
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    return "Content-Length: "
        + text.getBytes(StandardCharsets.UTF_8).length
        + "\nContent-Type: text/event-plain\n\n"
        + text;
  }
}
