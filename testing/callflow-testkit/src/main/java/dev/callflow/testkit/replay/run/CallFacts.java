package dev.callflow.testkit.replay.run;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.testkit.replay.result.CallOutcome;
import dev.callflow.testkit.replay.text.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The recorded facts about one call. */
final class CallFacts {

  final List<Timed<String>> heard = new ArrayList<>();
  final List<String> modules = new ArrayList<>();
  final List<ConferenceOutcome> outcomes = new ArrayList<>();
  boolean answered;
  boolean inRoom;
  Application.@Nullable Join joining;
  @Nullable Timed<Joining> joined;
  @Nullable Timed<End> end;

  /** The state of the member when the call first joined a room. */
  record Joining(
      RoomId room, MemberState member, Optional<String> enterSound, Optional<String> exitSound) {}

  /** How the call ended. */
  record End(EndedBy by, HangupCause cause) {}

  /**
   * Returns the modules that ran after the first conference node, or all modules if there was no
   * such node.
   */
  List<String> branch() {
    int first = modules.indexOf("conference");
    int feature = modules.indexOf("conference_feature");
    int start = first < 0 || (feature >= 0 && feature < first) ? feature : first;
    return List.copyOf(modules.subList(start + 1, modules.size()));
  }

  /** Returns the outcome of the call in the terms of a case. */
  CallOutcome outcome(String name) {
    Timed<Joining> first = joined;
    Timed<End> over = end;
    return new CallOutcome(
        name,
        answered,
        heard.stream().map(it -> new CallOutcome.Heard(it.value(), it.at())).toList(),
        first == null ? Optional.empty() : Optional.of(first.value().room().conference()),
        first != null && first.value().member().moderator(),
        outcomes.stream().findFirst().map(ConferenceOutcome::key),
        branch(),
        over == null ? Optional.empty() : Optional.of(ending(over)));
  }

  private static CallOutcome.Ending ending(Timed<End> end) {
    return new CallOutcome.Ending(
        end.value().by().name().toLowerCase(Locale.ROOT), end.value().cause().name(), end.at());
  }
}
