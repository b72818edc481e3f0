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
  private final String added;
  private final String removed;
  private final String hangup;

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
    added = room(find(bodies, "Action: add-member\n"));
    removed = room(find(bodies, "Action: del-member\n"));
    hangup = call(find(bodies, "Event-Name: CHANNEL_HANGUP_COMPLETE\n"));
  }

  private static String find(List<String> bodies, String line) {
    return bodies.stream().filter(body -> body.contains(line)).findFirst().orElseThrow();
  }

  private static String call(String body) {
    int start = body.indexOf("\nUnique-ID: ") + "\nUnique-ID: ".length();
    return with(
        body.replace(body.substring(start, body.indexOf('\n', start)), CALL),
        "Event-Sequence",
        NUMBER);
  }

  private static String application(String body) {
    return with(with(call(body), "Application-UUID", ID), "Application", WHAT);
  }

  private static String room(String body) {
    return with(with(call(body), "Member-ID", MEMBER), "Conference-Name", ROOM);
  }

  private static String with(String body, String header, String value) {
    return body.replaceFirst("(?m)^" + header + ": .*$", header + ": " + value);
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

  String added(String call, String room, int member) {
    return frame(added, CALL, call, ROOM, room, MEMBER, String.valueOf(member));
  }

  String removed(String call, String room, int member) {
    return frame(removed, CALL, call, ROOM, room, MEMBER, String.valueOf(member));
  }

  String hangup(String call) {
    return frame(hangup, CALL, call);
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
