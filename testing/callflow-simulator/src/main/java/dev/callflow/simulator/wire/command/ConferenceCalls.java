package dev.callflow.simulator.wire.command;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.call.Originate;
import dev.callflow.simulator.wire.event.EventWriter;
import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.job.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Carries out {@code conference NAME dial} and {@code bgdial}, which dial a party into a room. */
public final class ConferenceCalls {

  private static final String DEFAULT_NUMBER = "0000000000";
  private static final String DEFAULT_NAME = "FreeSWITCH";

  private final SimulatedSwitch model;
  private final Originate originate;
  private final EventWriter events;
  private final Consumer<WireEvent> clients;
  private final Jobs jobs;

  /**
   * @param clients receives the event with the result of a background call
   */
  public ConferenceCalls(
      SimulatedSwitch model,
      Originate originate,
      EventWriter events,
      Consumer<WireEvent> clients,
      Jobs jobs) {
    this.model = model;
    this.originate = originate;
    this.events = events;
    this.clients = clients;
    this.jobs = jobs;
  }

  /** Carries out {@code dial} or {@code bgdial} and returns its answer; the room need not exist. */
  String run(String room, String verb, List<String> words) {
    if (words.isEmpty()) {
      return "-ERR Bad Args\n"
          + verb
          + " <endpoint_module_name>/<destination> <callerid number> <callerid name>";
    }
    Optional<SimRoomState> before = model.rooms().find(room);
    if (verb.equals("dial")) {
      return "+OK Call Requested: result: [" + dial(room, before, words, Optional.empty()) + "]\n";
    }
    String job = UUID.randomUUID().toString();
    jobs.inBackground(() -> dial(room, before, words, Optional.of(job)));
    return "+OK Job-UUID: " + job + "\n";
  }

  private String dial(
      String room, Optional<SimRoomState> before, List<String> words, Optional<String> job) {
    Originate.Called called =
        originate.call(
            (before.isEmpty() ? "{ignore_early_media=true}" : "") + words.getFirst(),
            words.size() > 1 ? words.get(1) : DEFAULT_NUMBER,
            words.size() > 2 ? words.get(2) : DEFAULT_NAME,
            job.map(id -> Map.of("conference_bgdial_jobid", id)).orElse(Map.of()));
    boolean answered = called.cause().isEmpty();
    String result = answered ? "SUCCESS" : called.cause();
    Optional<SimRoomState> now = model.rooms().find(room);
    boolean same = before.map(SimRoomState::uuid).equals(now.map(SimRoomState::uuid));
    if (job.isPresent() && before.isPresent()) {
      clients.accept(
          events.dialled(
              same ? now.get() : before.get(),
              result,
              job.get(),
              answered ? Optional.of(called.uuid()) : Optional.empty()));
    }
    if (answered && before.isPresent() && !same) {
      model.hangUp(called.uuid(), EndedBy.SWITCH, new HangupCause("NO_ROUTE_DESTINATION"));
    } else if (answered) {
      originate.enter(called, room);
    }
    return result;
  }
}
