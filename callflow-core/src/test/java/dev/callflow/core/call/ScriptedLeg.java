package dev.callflow.core.call;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A leg that records its commands. Its events happen at times that a test sets. */
public final class ScriptedLeg implements Leg {

  /** The length of every playback. */
  public static final Duration PLAY_LENGTH = Duration.ofSeconds(3);

  private final SteppedTime.SteppedInbox<LegEvent> events;
  private final List<String> commands = new ArrayList<>();
  private final List<String> consumedKeys = new ArrayList<>();
  private int playbacks;
  private boolean silent;

  public ScriptedLeg(SteppedTime time) {
    events = time.new SteppedInbox<>();
  }

  /** Presses keys in order, all at the same time. */
  public ScriptedLeg press(Duration fromNow, String keys) {
    keys.chars().forEach(key -> events.arrives(fromNow, new LegEvent.Dtmf((char) key)));
    return this;
  }

  public ScriptedLeg callerHangsUp(Duration fromNow) {
    return emit(fromNow, new LegEvent.HungUp(EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
  }

  public ScriptedLeg emit(Duration fromNow, LegEvent event) {
    events.arrives(fromNow, event);
    return this;
  }

  /** Makes the leg send no event after a hangup. */
  public void doesNotReportItsEnd() {
    silent = true;
  }

  /** Returns the commands to the leg, in order. */
  public List<String> commands() {
    return commands;
  }

  /** Returns the consumed keys, with one entry for each call to {@link #keysConsumed}. */
  public List<String> consumedKeys() {
    return consumedKeys;
  }

  @Override
  public CallId id() {
    return new CallId("leg-1");
  }

  @Override
  public Inbox<LegEvent> events() {
    return events;
  }

  @Override
  public void keysConsumed(String keys) {
    consumedKeys.add(keys);
  }

  @Override
  public void answer() {
    commands.add("answer");
  }

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    return playback("play " + media.name() + (endless ? " endlessly" : ""), endless);
  }

  @Override
  public PlaybackId speak(
      String text, String voice, String language, String engine, KeyPolicy keys) {
    return playback("speak " + text, false);
  }

  private PlaybackId playback(String command, boolean endless) {
    commands.add(command);
    PlaybackId id = new PlaybackId("p" + ++playbacks);
    if (!endless && !command.contains("forever")) {
      events.arrives(PLAY_LENGTH, new LegEvent.PlaybackEnded(id, PlayResult.PLAYED));
    }
    return id;
  }

  @Override
  public void stop(PlaybackId playback) {
    commands.add("stop " + playback.value());
  }

  @Override
  public RecordingId record(String name, Duration maxLength) {
    commands.add("record " + name);
    return new RecordingId(name);
  }

  @Override
  public void discard(String name) {
    commands.add("discard " + name);
  }

  @Override
  public void set(Map<String, String> variables) {
    commands.add("set " + new TreeMap<>(variables));
  }

  @Override
  public void transfer(String number) {
    commands.add("transfer " + number);
  }

  @Override
  public void hangup(HangupCause cause) {
    commands.add("hangup " + cause);
    if (!silent) {
      emit(Duration.ZERO, new LegEvent.HungUp(EndedBy.ENGINE, cause));
    }
  }
}
