package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.core.call.CallId;
import dev.callflow.freeswitch.SwitchText.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Writes {@code conference} api commands and reads their answers
 * (docs/spec/mod-conference.md#command). No other class does so; {@link RoomEntry} puts legs into
 * rooms with the application {@code conference}. {@link SwitchText} checks each argument.
 *
 * <p>An answer counts as success only if it starts with the text that the command returns on
 * success, because many failures are reported without {@code -ERR}.
 */
final class RoomCommands {

  /**
   * The prefix of our room variables. FreeSWITCH adds room variables to events as headers; the
   * prefix keeps ours from hiding other headers.
   */
  static final String VARIABLE = "confvar_";

  private final SoundFiles sounds;
  private final ToIntFunction<CallId> memberNumber;
  private final SwitchText text;

  /**
   * @param sounds the files to play for media
   * @param memberNumber the function that returns FreeSWITCH's number for a member, or 0 if it is
   *     unknown; some commands accept only numbers
   * @param text checks and quotes the arguments
   */
  RoomCommands(SoundFiles sounds, ToIntFunction<CallId> memberNumber, SwitchText text) {
    this.sounds = sounds;
    this.memberNumber = memberNumber;
    this.text = text;
  }

  /**
   * One command line to send.
   *
   * @param arguments the text after {@code conference <room>}
   * @param success the start of the answer on success; empty if any answer except an error means
   *     success
   */
  record Line(String arguments, String success) {}

  /**
   * An api command of FreeSWITCH.
   *
   * @param name the command's name
   * @param arguments its arguments
   */
  record Command(String name, String arguments) {}

  private static final String NAME = "conference";
  private static final String NON_MODERATORS = "non_moderator";

  /** Returns a command for a room. */
  static Command inRoom(String room, String arguments) {
    return new Command(NAME, room + " " + arguments);
  }

  /** Returns the command that lists a room and its members. */
  static Command listRoom(String room) {
    return inRoom(room, "json_list");
  }

  /** Returns the command that lists all rooms. */
  static Command listAll() {
    return new Command(NAME, "json_list");
  }

  List<Line> lines(MixerCommand command) {
    return switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) ->
          one(on ? "mute" : "unmute", "+OK " + (on ? "mute" : "unmute"), target(member));
      case MixerCommand.Deaf(CallId member, boolean on) ->
          one(on ? "deaf" : "undeaf", "+OK " + (on ? "deaf" : "undeaf"), target(member));
      // FreeSWITCH changes all members under one lock, so that none who are joining are missed. The
      // answer is empty if there are none.
      case MixerCommand.MuteAll(boolean on) -> one(on ? "mute" : "unmute", "", NON_MODERATORS);
      case MixerCommand.DeafAll(boolean on) -> one(on ? "deaf" : "undeaf", "", NON_MODERATORS);
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
          throw new IllegalArgumentException(
              "Notify is sent to the telephone; it is not a command to the conference");
      case MixerCommand.MaxMembers(var max) ->
          one("set", "", "max_members", String.valueOf(max.orElse(0)));
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

  /**
   * Addresses a member by the leg's uuid, which FreeSWITCH knows before we know the member's
   * number. A uuid that would be syntax is replaced by the number.
   */
  private String target(CallId member) {
    int number = text.isWord(Word.LEG, member.value()) ? 0 : memberNumber.applyAsInt(member);
    return number > 0 ? String.valueOf(number) : "uuid=" + text.word(Word.LEG, member.value());
  }

  MixerReply reply(Line line, String answer) {
    String result = answer.strip();
    if (result.startsWith("-ERR Conference ") && result.endsWith("not found")
        || result.startsWith("-ERR Non-Existant")
        || result.startsWith("-ERR Member:")) {
      return new MixerReply.NotThere();
    }
    boolean done =
        line.success().isEmpty() ? !result.startsWith("-") : result.startsWith(line.success());
    return done ? new MixerReply.Done() : new MixerReply.Refused(result);
  }
}
