package dev.callflow.conference.journal;

import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.mixer.AdoptedMember;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.mixer.WrappedMixer;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Records the commands to a mixer and the calls that the mixer places. */
record JournaledMixer(Mixer mixer, JournalWriter journal) implements WrappedMixer {

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {
    journal.decided(
        leg, "enters " + room.conference() + " " + new TreeSet<MemberFlag>(entry.flags()));
    mixer.enter(leg, room, entry);
  }

  /**
   * Records only decisions that are made once, not commands that are repeated or sent for each
   * member.
   */
  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) ->
          journal.decided(room, member.value(), on ? "muted" : "heard again");
      case MixerCommand.Deaf(CallId member, boolean on) ->
          journal.decided(room, member.value(), on ? "deafened" : "hears again");
      case MixerCommand.MuteAll(boolean on) ->
          journal.decided(room, "", on ? "all muted" : "all heard again");
      case MixerCommand.DeafAll(boolean on) ->
          journal.decided(room, "", on ? "all deafened" : "all hear again");
      case MixerCommand.Lock(boolean on) -> journal.decided(room, "", on ? "locked" : "unlocked");
      case MixerCommand.StartRecording start -> journal.decided(room, "", "is recorded");
      case MixerCommand.StopRecording stop -> journal.decided(room, "", "is not recorded any more");
      case MixerCommand.Kick other -> {}
      case MixerCommand.Play other -> {}
      case MixerCommand.PlayTo other -> {}
      case MixerCommand.StopPlaying other -> {}
      case MixerCommand.Energy other -> {}
      case MixerCommand.TalkVolume other -> {}
      case MixerCommand.ListenVolume other -> {}
      case MixerCommand.Floor other -> {}
      case MixerCommand.Relate other -> {}
      case MixerCommand.SetVariables other -> {}
      case MixerCommand.Notify other -> {}
      case MixerCommand.MaxMembers other -> {}
    }
    MixerReply reply = mixer.apply(room, command);
    if (reply instanceof MixerReply.Refused) {
      journal.refused(room, JournalReader.key(command));
    }
    return reply;
  }

  @Override
  public Optional<AdoptedMember> adopt(CallId call, RoomId room) {
    return mixer
        .adopt(call, room)
        .map(found -> {
          Optional<MixerSnapshot> shown = shown(room);
          shown.ifPresent(it -> journal.kept(room, KeptVariables.of(it.variables()), it.locked()));
          Optional<Member> member = shown.flatMap(it -> member(it, call));
          member.ifPresent(it -> isIn(room, it));
          journal.adopted(
              room,
              found,
              member.map(Member::muted).orElse(false),
              member.map(Member::deaf).orElse(false));
          return new AdoptedMember(
              new JournaledLeg(found.leg(), journal), found.incoming(), found.position());
        });
  }

  private Optional<MixerSnapshot> shown(RoomId room) {
    return mixer.snapshot(room) instanceof SnapshotReply.Shown(MixerSnapshot shown)
        ? Optional.of(shown)
        : Optional.empty();
  }

  private static Optional<Member> member(MixerSnapshot shown, CallId call) {
    return shown.members().stream().filter(member -> member.call().equals(call)).findFirst();
  }

  @Override
  public KeptReply kept() {
    KeptReply reply = mixer.kept();
    if (reply instanceof KeptReply.Listed(List<KeptReply.Kept> all)) {
      all.forEach(each ->
          KeptSettings.read(each.settings())
              .ifPresent(settings -> journal.kept(each.call(), each.room(), settings)));
    }
    return reply;
  }

  /** Records the id, because a replay must use the same ids. */
  @Override
  public CallId newLeg() {
    CallId leg = mixer.newLeg();
    journal.cameIn(leg, "named", line -> {});
    return leg;
  }

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    journal.decided(leg, "is dialled: " + text(order.target()));
    DialReply reply = mixer.dial(leg, order);
    return switch (reply) {
      case DialReply.Answered(Leg answered) -> {
        journal.cameIn(leg, "answers", line -> {});
        yield new DialReply.Answered(new JournaledLeg(answered, journal));
      }
      case DialReply.Failed(var cause) -> {
        journal.cameIn(leg, "fails", line -> line.put("cause", cause.name()));
        yield reply;
      }
      case DialReply.Unknown(String why) -> {
        journal.cameIn(leg, "fails", line -> line.put("cause", "NORMAL_TEMPORARY_FAILURE"));
        yield reply;
      }
    };
  }

  /**
   * Tracks member ids, because operators may use them in actions, and a replay assigns different
   * ones.
   */
  @Override
  public void listen(Consumer<MixerEvent> listener) {
    mixer.listen(event -> {
      switch (event) {
        case MixerEvent.Added added -> isIn(added.room(), added.member());
        case MixerEvent.Removed removed -> isOut(removed.room(), removed.member());
        case MixerEvent.Created other -> {}
        case MixerEvent.Destroyed other -> {}
        case MixerEvent.Changed other -> {}
        case MixerEvent.FloorChanged other -> {}
        case MixerEvent.Locked other -> {}
        case MixerEvent.PlayStarted other -> {}
        case MixerEvent.PlayEnded other -> {}
        case MixerEvent.RecordingStarted other -> {}
        case MixerEvent.RecordingStopped other -> {}
        case MixerEvent.Restarted other -> {}
        case MixerEvent.LinkLost other -> {}
        case MixerEvent.LinkRestored other -> {}
      }
      listener.accept(event);
    });
  }

  private void isIn(RoomId room, Member member) {
    journal.isIn(room, member.number(), member.call());
  }

  private void isOut(RoomId room, Member member) {
    journal.isOut(room, member.number());
  }

  private static String text(DialTarget target) {
    return switch (target) {
      case DialTarget.Number(String number) -> number;
      case DialTarget.Registered(String user, String realm) -> user + "@" + realm;
      case DialTarget.Address(String user, String host, int port, boolean secure) ->
          user + "@" + host + (port == 0 ? "" : ":" + port);
    };
  }
}
