package dev.callflow.simulator;

import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;

/** A switch in virtual time that turns its events into lines: {@code <millis> <event> <uuid> …}. */
final class SwitchFixture {

  final VirtualTime time = new VirtualTime();
  final SimulatedSwitch model;
  private final List<String> lines = new ArrayList<>();
  private int joins;

  /** Creates a switch whose media have the given lengths in seconds. */
  SwitchFixture(Map<String, Integer> media) {
    this(settings(media));
  }

  private SwitchFixture(SwitchSettings settings) {
    model = new SimulatedSwitch(time, settings);
    model.listen(event -> lines.add(time.elapsed().toMillis() + " " + line(event)));
  }

  private static SwitchSettings settings(Map<String, Integer> media) {
    return SwitchSettings.seeded(
        1, file -> Optional.ofNullable(media.get(file)).map(Duration::ofSeconds));
  }

  /** Creates a switch with the given delays in milliseconds, in order, and none after them. */
  static SwitchFixture delayed(int... millis) {
    Queue<Integer> left = new ArrayDeque<>(IntStream.of(millis).boxed().toList());
    SwitchSettings prompt = settings(Map.of("enter", 1, "exit", 1));
    return new SwitchFixture(
        new SwitchSettings(
            prompt.coreUuid(),
            prompt.ids(),
            prompt.media(),
            prompt.recordable(),
            prompt.refusesJoins(),
            () -> left.isEmpty() ? Duration.ZERO : Duration.ofMillis(left.remove())));
  }

  static NewChannel channel(String uuid) {
    return new NewChannel(uuid, "1001", "Name", "5000", "", Map.of());
  }

  void arrive(String uuid) {
    model.arrive(channel(uuid));
  }

  void execute(String uuid, String id, Application what, boolean locked) {
    model.execute(uuid, new Execution(id, "app", "", what, locked));
  }

  void send(String uuid, String id, Application what) {
    model.send(uuid, new Execution(id, "app", "", what, true));
  }

  void play(String uuid, String id, String file, String terminators, boolean locked) {
    execute(uuid, id, new Application.Playback(file, terminators, false), locked);
  }

  void loop(String uuid, String id, String file, int times) {
    Application what = new Application.Playback(file, "", false);
    model.execute(uuid, new Execution(id, "app", "", what, true, times));
  }

  void join(String uuid, String room, String... flags) {
    joins++;
    execute(uuid, "join" + joins, join(room, OptionalInt.empty(), flags), false);
  }

  static Application.Join join(String room, OptionalInt maxMembers, String... flags) {
    return new Application.Join(
        room,
        "default",
        Set.of(flags),
        Optional.of("enter"),
        Optional.of("exit"),
        maxMembers,
        true,
        true);
  }

  void at(int second, Runnable action) {
    time.at(Duration.ofSeconds(second), Phase.CALLS, "at " + second, action);
  }

  List<String> run() throws InterruptedException {
    time.run(Duration.ofHours(1));
    return lines;
  }

  private static String line(SwitchEvent event) {
    String name = event.getClass().getSimpleName();
    return switch (event) {
      case SwitchEvent.HungUp(var channel, var by) -> name + " " + channel.uuid() + " " + by;
      case SwitchEvent.Gone(var channel, var by) -> name + " " + channel.uuid() + " " + by;
      case SwitchEvent.ExecutionStarted(var channel, var execution) ->
          name + " " + channel.uuid() + " " + execution.id();
      case SwitchEvent.ExecutionEnded(var channel, var execution, var response) ->
          name + " " + channel.uuid() + " " + execution.id() + " " + response;
      case SwitchEvent.PlaybackStarted(var channel, var execution, var file) ->
          name + " " + channel.uuid() + " " + file;
      case SwitchEvent.PlaybackEnded(var channel, var execution, var file, boolean broken) ->
          name + " " + channel.uuid() + " " + file + (broken ? " break" : " done");
      case SwitchEvent.RecordEnded(
              var channel,
              var execution,
              var path,
              var length,
              boolean voice) ->
          name
              + " "
              + channel.uuid()
              + " "
              + path
              + " "
              + length.toMillis()
              + (voice ? " voice" : "");
      case SwitchEvent.Transferred(var channel, var number) ->
          name + " " + channel.uuid() + " " + number;
      case SwitchEvent.JoinRefused(var channel, var execution, var room, var profile, var why) ->
          name + " " + channel.uuid() + " " + why;
      case SwitchEvent.OfChannel other -> name + " " + other.channel().uuid();
      case SwitchEvent.MemberChanged(var room, var member, var what) ->
          name + " " + member.channel().uuid() + " " + what;
      case SwitchEvent.OfMember other ->
          name + " " + other.member().channel().uuid() + " of " + other.room().size();
      case SwitchEvent.MemberPlayEnded(var room, var member, var file, var played) ->
          name
              + " "
              + member.map(it -> it.channel().uuid()).orElse("nobody")
              + " "
              + file
              + " "
              + played.toMillis()
              + " of "
              + room.size();
      case SwitchEvent.FloorChanged(var room, int before, var holder) ->
          name + " " + holder.map(member -> member.channel().uuid()).orElse("none");
      case SwitchEvent.RoomPlayQueued(var room, var file, var why) -> name + " " + file + " " + why;
      case SwitchEvent.RoomPlayEnded(var room, var file, var played, var why) ->
          name + " " + file + " " + played.toMillis();
      case SwitchEvent.RoomRecordingStopped(var room, var path, var length) ->
          name + " " + path + " " + length.toMillis();
      case SwitchEvent.OfRoom other -> name + " " + other.room().name();
    };
  }
}
