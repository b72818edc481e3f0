package dev.callflow.testkit.replay;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.MemberState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one call, as far as it is known. */
final class CallFacts {

  final List<Timed<String>> heard = new ArrayList<>();
  final List<String> modules = new ArrayList<>();
  final List<ConferenceOutcome> outcomes = new ArrayList<>();
  boolean answered;
  boolean inRoom;
  Application.@Nullable Join joining;
  @Nullable Timed<Joining> joined;
  @Nullable Timed<End> end;

  /** How it was when it joined for the first time. */
  record Joining(
      RoomId room, MemberState member, Optional<String> enterSound, Optional<String> exitSound) {}

  /** How it ended. */
  record End(EndedBy by, HangupCause cause) {}

  /** The modules that ran after the first conference node; all, if none ran. */
  List<String> branch() {
    int first = modules.indexOf("conference");
    int feature = modules.indexOf("conference_feature");
    int start = first < 0 || (feature >= 0 && feature < first) ? feature : first;
    return List.copyOf(modules.subList(start + 1, modules.size()));
  }
}
