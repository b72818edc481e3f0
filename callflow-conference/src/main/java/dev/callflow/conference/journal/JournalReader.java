package dev.callflow.conference.journal;

import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.kept.OperatorSettings;
import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads journals written by {@link Journal}. */
public final class JournalReader {

  /**
   * The key of a line that says how many lines are missing before it, because they could not be
   * written.
   */
  public static final String MISSING = "missing";

  private JournalReader() {}

  /**
   * Reads a journal. Skips an incomplete last line, which results from a crash or from a journal
   * that is still being written.
   *
   * @param file the file
   * @return the lines of the file, including those with {@link #MISSING}; a line is parsed again on
   *     every access
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is not valid; the message contains the line number
   */
  public static List<JsonNode> read(Path file) throws IOException {
    boolean incomplete = !endsWithALine(file);
    List<String> lines = new ArrayList<>();
    // An InputStreamReader tolerates an incomplete character at the end of the file.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        String next = reader.readLine();
        if (next != null || !incomplete) {
          check(file + ":" + (lines.size() + 1), line);
          lines.add(line);
        }
        line = next;
      }
    }
    return new JournalLines(lines);
  }

  private static boolean endsWithALine(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1));
      return channel.read(last) == 1 && last.get(0) == '\n';
    }
  }

  private static void check(String place, String text) {
    try {
      if (Json.read(text) instanceof ObjectNode line
          && line.path("t").isNumber()
          && (line.path(MISSING).isIntegralNumber() || isEntry(line))) {
        return;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(place + ": the line is not valid JSON", e);
    }
    throw new IllegalArgumentException(
        place
            + ": a line must have \"t\"; \"call\", \"operator\" or \"room\";"
            + " and \"in\" or \"out\"");
  }

  private static boolean isEntry(ObjectNode line) {
    return (line.path("call").isString()
            || line.path("operator").isString()
            || line.path("room").isString())
        && (line.path("in").isString() || line.path("out").isString());
  }

  /**
   * Reads the action of an operator.
   *
   * @param line a journal line in which {@code in} is {@code asks}
   * @return the action
   */
  public static ConferenceAction action(JsonNode line) {
    return ActionWords.read(line.path("what"));
  }

  /**
   * Returns the text by which a journal names a command that the mixer refused. Names of recordings
   * are left out, since they are random.
   *
   * @param command the command
   * @return the text
   */
  public static String key(MixerCommand command) {
    return switch (command) {
      case MixerCommand.Play(Media media) -> "Play " + media.name();
      case MixerCommand.PlayTo(CallId member, Media media) ->
          "PlayTo " + member.value() + " " + media.name();
      case MixerCommand.Mute(CallId member, boolean on) -> "Mute " + member.value() + " " + on;
      case MixerCommand.Deaf(CallId member, boolean on) -> "Deaf " + member.value() + " " + on;
      case MixerCommand.MuteAll(boolean on) -> "MuteAll " + on;
      case MixerCommand.DeafAll(boolean on) -> "DeafAll " + on;
      case MixerCommand.Kick(CallId member) -> "Kick " + member.value();
      case MixerCommand.Energy(CallId member, int level) -> "Energy " + member.value();
      case MixerCommand.TalkVolume(CallId member, int level) -> "TalkVolume " + member.value();
      case MixerCommand.ListenVolume(CallId member, int level) -> "ListenVolume " + member.value();
      case MixerCommand.Floor(CallId member) -> "Floor " + member.value();
      case MixerCommand.Relate relate -> "Relate " + relate.member().value();
      case MixerCommand.Notify notify -> "Notify " + notify.member().value();
      case MixerCommand.Lock(boolean on) -> "Lock " + on;
      case MixerCommand.StopPlaying stop -> "StopPlaying";
      case MixerCommand.StartRecording start -> "StartRecording";
      case MixerCommand.StopRecording stop -> "StopRecording";
      case MixerCommand.SetVariables set -> "SetVariables";
      case MixerCommand.MaxMembers max -> "MaxMembers";
    };
  }

  /**
   * Reads the settings that an earlier process kept with a call.
   *
   * @param line a journal line in which {@code in} is {@code kept}
   * @return the settings, with the call if the line has one
   */
  public static KeptReply.Kept kept(JsonNode line) {
    return new KeptReply.Kept(
        new CallId(line.path("call").asString("-")),
        new RoomId(
            new AccountId(line.path("account").asString("")), line.path("conference").asString("")),
        line.path("settings").asString(""));
  }

  /**
   * Returns the commands that give a room the settings and roles that it had when it was adopted.
   *
   * @param line a journal line in which {@code in} is {@code kept}
   * @return the commands, in order
   */
  public static List<MixerCommand> settings(JsonNode line) {
    OperatorSettings settings = new OperatorSettings(Integer.MAX_VALUE, 0);
    KeptSettings.read(line.path("settings").asString("")).ifPresent(settings::restore);
    List<MixerCommand> commands = new ArrayList<>(settings.commands());
    line.path("roles")
        .properties()
        .forEach(role ->
            commands.add(
                new MixerCommand.SetVariables(
                    KeptVariables.role(
                        new CallId(role.getKey()), role.getValue().asBoolean(false)))));
    return commands;
  }

  /**
   * Reads the position of a call that began under an earlier process.
   *
   * @param line a journal line in which {@code in} is {@code adopted} or {@code continues}
   * @return the position
   */
  public static Position position(JsonNode line) {
    return PositionWords.read(line.path("position"));
  }
}
