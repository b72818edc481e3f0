package dev.callflow.benchmarks.others;

import dev.callflow.benchmarks.calls.OwnCalls;
import dev.callflow.conference.Conference;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Member;
import java.util.List;

/** The program with Callflow. */
final class OwnProgram implements Program {

  private final OwnCalls application;
  private final Conference conference;

  OwnProgram(int controlPort, int callPort) {
    application = OwnCalls.start(controlPort, callPort, 1);
    conference = application.conference();
  }

  @Override
  public void muteAll(boolean on) {
    ActionResult result = conference.perform(new ConferenceAction.MuteAll(on));
    if (!(result instanceof ActionResult.Done)) {
      throw new IllegalStateException(result.toString());
    }
  }

  @Override
  public List<Participant> participants() {
    return conference.view().map(RoomView::participants).orElse(List.of()).stream()
        .map(member ->
            new Participant(
                member.call().value(),
                member.party().number(),
                member.party().name(),
                member.flags().has(Member.Flag.MUTED)))
        .toList();
  }

  @Override
  public void close() {
    application.close();
  }
}
