package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.core.call.CallId;
import dev.callflow.freeswitch.SwitchText.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Writes {@code conference} api commands and reads their answers: the only place that does
 * (docs/spec/mod-conference.md#command). How a leg enters a room is in {@link RoomEntry}. {@link
 * SwitchText} keeps each argument within its place.
 *
 * <p>An answer counts as success only if it is the one that the command gives when it succeeds:
 * many failures carry no {@code -ERR}.
 */
final class RoomCommands {

  /** Room variables become headers of events: ours must not hide others. */
  static final String VARIABLE = "confvar_";

  private final SoundFiles sounds;
  private final ToIntFunction<CallId> memberNumber;
  private final SwitchText text;

  /**
   * @param sounds what is played for media
   * @param memberNumber the mixer's number of a member, 0 if unknown: {@code relate} knows no other
   */
  RoomCommands(SoundFiles sounds, ToIntFunction<CallId> memberNumber, SwitchText text) {
    this.sounds = sounds;
    this.memberNumber = memberNumber;
    this.text = text;
  }

  /**
   * What to send for a command, one after the other, and how each answer begins if it succeeds.
   *
   * @param arguments what follows {@code conference <room>}
   * @param success how a good answer begins; empty if every answer but an error is good
   */
  record Line(String arguments, String success) {}

  /**
   * A command to FreeSWITCH.
   *
   * @param name its name
   * @param arguments its arguments
   */
  record Command(String name, String arguments) {}

  private static final String NAME = "conference";

  /** What to send to a room. */
  static Command inRoom(String room, String arguments) {
    return new Command(NAME, room + " " + arguments);
  }

  /** Lists a room and its members. */
  static Command listRoom(String room) {
    return inRoom(room, "json_list");
  }

  /** Lists all rooms. */
  static Command listAll() {
    return new Command(NAME, "json_list");
  }

  List<Line> lines(MixerCommand command) {
    return switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) ->
          one(on ? "mute" : "unmute", "+OK " + (on ? "mute" : "unmute"), target(member));
      case MixerCommand.Deaf(CallId member, boolean on) ->
          one(on ? "deaf" : "undeaf", "+OK " + (on ? "deaf" : "undeaf"), target(member));
      case MixerCommand.Kick(CallId member) -> one("kick", "+OK kicked", target(member));
      case MixerCommand.Lock(boolean on) -> one(on ? "lock" : "unlock", "+OK");
      case MixerCommand.Play(var media) ->
          one("play", "+OK (play)", text.argument(sounds.file(media)));
      case MixerCommand.PlayTo(CallId member, var media) ->
          one(
              "play",
              "+OK (play)",
              text.argument(sounds.file(media)),
              String.valueOf(memberNumber.applyAsInt(member)));
      case MixerCommand.StopPlaying stop -> one("stop", "+OK Stopped", "all");
      case MixerCommand.StartRecording(String name) ->
          one("recording", "+OK Record file", "start", text.argument(sounds.recording(name)));
      case MixerCommand.StopRecording stop -> one("recording", "", "stop", "all");
      case MixerCommand.Energy(CallId member, int level) ->
          one("energy", "Energy", target(member), String.valueOf(level));
      case MixerCommand.TalkVolume(CallId member, int level) ->
          one("volume_in", "+OK Volume", target(member), String.valueOf(level));
      case MixerCommand.ListenVolume(CallId member, int level) ->
          one("volume_out", "+OK Volume", target(member), String.valueOf(level));
      case MixerCommand.Floor(CallId member) -> one("floor", "+OK floor", target(member));
      case MixerCommand.Relate(CallId member, CallId other, MixerCommand.Relation relation) ->
          one(
              "relate",
              "+OK",
              String.valueOf(memberNumber.applyAsInt(member)),
              String.valueOf(memberNumber.applyAsInt(other)),
              switch (relation) {
                case DEAF -> "nohear";
                case MUTE -> "nospeak";
                case CLEAR -> "clear";
              });
      case MixerCommand.SetVariables(var variables) ->
          variables.entrySet().stream().map(it -> variable(it.getKey(), it.getValue())).toList();
      case MixerCommand.Notify notify ->
          throw new IllegalArgumentException("is no command of a conference");
      case MixerCommand.MaxMembers(var most) ->
          one("set", "", "max_members", String.valueOf(most.orElse(0)));
    };
  }

  private static List<Line> one(String verb, String success, String... words) {
    return List.of(line(verb, success, words));
  }

  private static Line line(String verb, String success, String... words) {
    List<String> all = new ArrayList<>();
    all.add(verb);
    all.addAll(List.of(words));
    return new Line(String.join(" ", all), success);
  }

  private Line variable(String name, String value) {
    String variable = VARIABLE + text.word(Word.CONFERENCE_VARIABLE, name);
    return value.isEmpty()
        ? line("setvar", "+OK", variable)
        : line("setvar", "+OK", variable, text.argument(value));
  }

  /** Members are named by their legs: a member's number is another one's after a quick return. */
  private String target(CallId member) {
    return "uuid=" + text.word(Word.LEG, member.value());
  }

  MixerReply reply(Line line, String answer) {
    String said = answer.strip();
    if (said.startsWith("-ERR Conference ") && said.endsWith("not found")
        || said.startsWith("-ERR Non-Existant")
        || said.startsWith("-ERR Member:")) {
      return new MixerReply.NotThere();
    }
    boolean done =
        line.success().isEmpty() ? !said.startsWith("-") : said.startsWith(line.success());
    return done ? new MixerReply.Done() : new MixerReply.Refused(said);
  }
}
