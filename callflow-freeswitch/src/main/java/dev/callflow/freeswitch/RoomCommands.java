package dev.callflow.freeswitch;

import dev.callflow.conference.room.MixerCommand;
import dev.callflow.conference.room.MixerReply;
import dev.callflow.core.call.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Writes {@code conference} commands and reads their answers: the only place that does (spec of
 * mod_conference, 2.1).
 *
 * <p>Words that could end a word or a line are refused. An answer counts as success only if it is
 * the one that the command gives when it succeeds: many failures carry no {@code -ERR}.
 */
final class RoomCommands {

  /** Room variables become headers of events: ours must not hide others. */
  static final String VARIABLE = "confvar_";

  private final SoundFiles sounds;
  private final ToIntFunction<CallId> memberNumber;

  /**
   * @param sounds what is played for media
   * @param memberNumber the mixer's number of a member, 0 if unknown: {@code relate} knows no other
   */
  RoomCommands(SoundFiles sounds, ToIntFunction<CallId> memberNumber) {
    this.sounds = sounds;
    this.memberNumber = memberNumber;
  }

  /**
   * What to send for a command, one after the other, and how each answer begins if it succeeds.
   *
   * @param arguments what follows {@code conference <room>}
   * @param success how a good answer begins; empty if every answer but an error is good
   */
  record Line(String arguments, String success) {}

  List<Line> lines(MixerCommand command) {
    return switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) ->
          one(on ? "mute" : "unmute", "+OK " + (on ? "mute" : "unmute"), target(member));
      case MixerCommand.Deaf(CallId member, boolean on) ->
          one(on ? "deaf" : "undeaf", "+OK " + (on ? "deaf" : "undeaf"), target(member));
      case MixerCommand.Kick(CallId member) -> one("kick", "+OK kicked", target(member));
      case MixerCommand.Lock(boolean on) -> one(on ? "lock" : "unlock", "+OK");
      case MixerCommand.Play(var media) -> one("play", "+OK (play)", quoted(sounds.file(media)));
      case MixerCommand.PlayTo(CallId member, var media) ->
          one(
              "play",
              "+OK (play)",
              quoted(sounds.file(media)),
              String.valueOf(memberNumber.applyAsInt(member)));
      case MixerCommand.StopPlaying stop -> one("stop", "+OK Stopped", "all");
      case MixerCommand.StartRecording(String name) ->
          one("recording", "+OK Record file", "start", quoted(sounds.recording(name)));
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
          variables.entrySet().stream()
              .map(it ->
                  it.getValue().isEmpty()
                      ? line("setvar", "+OK", VARIABLE + it.getKey())
                      : line("setvar", "+OK", VARIABLE + it.getKey(), quoted(it.getValue())))
              .toList();
      case MixerCommand.Notify notify ->
          throw new IllegalArgumentException("is no command of a conference");
      case MixerCommand.MostMembers(var most) ->
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

  /** Members are named by their legs: a member's number is another one's after a quick return. */
  private static String target(CallId member) {
    if (!member.value().matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("not the id of a leg: " + member);
    }
    return "uuid=" + member.value();
  }

  /** Single quotes group; nothing can end them from within. */
  private static String quoted(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == '\'' || c == '\\')) {
      throw new IllegalArgumentException("cannot be a word of a command");
    }
    return text.indexOf(' ') < 0 ? text : "'" + text + "'";
  }

  MixerReply reply(Line line, String answer) {
    String text = answer.strip();
    if (text.startsWith("-ERR Conference ") && text.endsWith("not found")
        || text.startsWith("-ERR Non-Existant")
        || text.startsWith("-ERR Member:")) {
      return new MixerReply.NotThere();
    }
    boolean done =
        line.success().isEmpty() ? !text.startsWith("-") : text.startsWith(line.success());
    return done ? new MixerReply.Done() : new MixerReply.Refused(text);
  }
}
