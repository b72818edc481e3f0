package dev.callflow.host;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.SwitchEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/** A host whose history is compared with what the simulated FreeSWITCH saw, in virtual time. */
final class HistoryBed implements AutoCloseable {

  final HostBed host = new HostBed();
  final UnreliableRecords records;
  private final Runnable closing;

  /** The visits to rooms, as the switch saw them: room, number, and when they joined and left. */
  private final Map<String, String> visits = new LinkedHashMap<>();

  private final Map<String, String> rooms = new LinkedHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /**
   * @param store keeps the history
   * @param closing closes the store after the host
   */
  HistoryBed(RecordStore store, Runnable closing) throws IOException {
    records = new UnreliableRecords(store);
    this.closing = closing;
    host.put(
        DocumentType.CALLFLOW,
        "ask",
        """
        {"numbers": ["4000"], "flow": {"module": "conference", "data": {}}}
        """);
    host.put(
        DocumentType.CALLFLOW,
        "secret",
        """
        {"numbers": ["5000"], "flow": {"module": "conference", "data": {"id": "club"}}}
        """);
    host.put(
        DocumentType.CONFERENCE,
        "club",
        """
        {"name": "Club", "conference_numbers": ["77"], "member": {"pins": ["1234"]}}
        """);
    host.put(
        DocumentType.CALLFLOW,
        "huddle",
        """
        {"numbers": ["6000"],
         "flow": {"module": "conference", "data": {"id": "huddle", "config": {"name": "huddle"}}}}
        """);
    SimulatedSwitch seen = host.simulated().model();
    seen.listen(SwitchEvent.RoomCreated.class, it -> rooms.put(it.room().uuid(), now() + " to "));
    seen.listen(
        SwitchEvent.RoomDestroyed.class,
        it -> rooms.merge(it.room().uuid(), now(), String::concat));
    seen.listen(
        SwitchEvent.MemberAdded.class,
        it ->
            visits.put(
                visit(it),
                it.room().uuid()
                    + " "
                    + it.member().channel().callerNumber()
                    + " "
                    + now()
                    + " to "));
    seen.listen(
        SwitchEvent.MemberRemoved.class, it -> visits.merge(visit(it), now(), String::concat));
    seen.listen(SwitchEvent.Gone.class, it -> calls.add(it.channel().uuid()));
  }

  private static String visit(SwitchEvent.OfMember event) {
    return event.room().uuid() + event.member().joined() + event.member().number();
  }

  private String now() {
    return String.valueOf(GregorianTime.of(host.time().now()));
  }

  Callflow start() {
    return host.start(host.builder().positionKey(HostBed.KEY).records(records));
  }

  ActionResult perform(Callflow callflow, String conference, ConferenceAction action) {
    return host.in(
        2, () -> callflow.conferences().conference(HostBed.ACME, conference).perform(action));
  }

  /** Returns the content of the records of a kind, oldest first. */
  List<ObjectNode> history(RecordKind kind) {
    return records.list(RecordQuery.oldest(kind, RecordQuery.MAX_LIMIT)).stream()
        .map(AccountRecord::body)
        .toList();
  }

  /** Returns one value of each record of a kind, oldest first. */
  List<String> history(RecordKind kind, String key) {
    return history(kind).stream().map(it -> it.path(key).asString("")).toList();
  }

  List<String> recordedRuns() {
    return records.list(RecordQuery.oldest(RecordKind.CONFERENCE, 1_000)).stream()
        .map(it ->
            it.id()
                + " "
                + it.body().path("started").asString("")
                + " to "
                + it.body().path("ended").asString(""))
        .toList();
  }

  List<String> seenRuns() {
    List<String> seen = new ArrayList<>();
    rooms.forEach((uuid, span) -> seen.add(uuid + " " + span));
    return seen;
  }

  List<String> recordedVisits() {
    return records.list(RecordQuery.oldest(RecordKind.PARTICIPANT, 1_000)).stream()
        .map(it ->
            it.subject()
                + " "
                + it.body().path("caller_id_number").asString("")
                + " "
                + it.body().path("joined").asString("")
                + " to "
                + it.body().path("left").asString(""))
        .toList();
  }

  List<String> seenVisits() {
    return List.copyOf(visits.values());
  }

  List<String> seenCalls() {
    return calls;
  }

  @Override
  public void close() {
    host.close();
    closing.run();
  }
}
