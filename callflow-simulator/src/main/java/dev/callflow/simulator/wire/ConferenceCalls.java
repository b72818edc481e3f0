package dev.callflow.simulator.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SimRoomState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code conference NAME dial} and {@code bgdial}: a room calls somebody. */
final class ConferenceCalls {

  private static final String USUAL_NUMBER = "0000000000";
  private static final String USUAL_NAME = "FreeSWITCH";

  private final SimulatedFreeSwitch freeSwitch;

  ConferenceCalls(SimulatedFreeSwitch freeSwitch) {
    this.freeSwitch = freeSwitch;
  }

  /** Carries out one of the two, and answers it; the room need not exist. */
  String run(String room, String verb, List<String> words) {
    if (words.isEmpty()) {
      return "-ERR Bad Args\n"
          + verb
          + " <endpoint_module_name>/<destination> <callerid number> <callerid name>";
    }
    Optional<SimRoomState> before = freeSwitch.model().rooms().find(room);
    if (verb.equals("dial")) {
      return "+OK Call Requested: result: [" + dial(room, before, words, Optional.empty()) + "]\n";
    }
    String job = UUID.randomUUID().toString();
    freeSwitch.inBackground(() -> dial(room, before, words, Optional.of(job)));
    return "+OK Job-UUID: " + job + "\n";
  }

  /** A file for one member, in which references are replaced as for the member's channel. */
  String substituted(String file, ChannelState channel) {
    return freeSwitch.commands().substitute(file, channel);
  }

  private String dial(
      String room, Optional<SimRoomState> before, List<String> words, Optional<String> job) {
    Originate.Called called =
        freeSwitch
            .originate()
            .call(
                (before.isEmpty() ? "{ignore_early_media=true}" : "") + words.getFirst(),
                words.size() > 1 ? words.get(1) : USUAL_NUMBER,
                words.size() > 2 ? words.get(2) : USUAL_NAME,
                job.map(id -> Map.of("conference_bgdial_jobid", id)).orElse(Map.of()));
    boolean answered = called.cause().isEmpty();
    String result = answered ? "SUCCESS" : called.cause();
    Optional<SimRoomState> now = freeSwitch.model().rooms().find(room);
    boolean same = before.map(SimRoomState::uuid).equals(now.map(SimRoomState::uuid));
    if (job.isPresent() && before.isPresent()) {
      freeSwitch.tell(
          freeSwitch
              .events()
              .dialled(
                  same ? now.get() : before.get(),
                  result,
                  job.get(),
                  answered ? Optional.of(called.uuid()) : Optional.empty()));
    }
    if (answered && before.isPresent() && !same) {
      freeSwitch
          .model()
          .hangUp(called.uuid(), EndedBy.SWITCH, new HangupCause("NO_ROUTE_DESTINATION"));
    } else if (answered) {
      freeSwitch.originate().enter(called, room);
    }
    return result;
  }
}
