package dev.callflow.core.call;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A leg that writes down what it is asked for, and on which things happen at times that a test
 * sets.
 */
public final class ScriptedLeg implements Leg {

  /** How long everything takes that is played. */
  public static final Duration PLAY_LENGTH = Duration.ofSeconds(3);

  private final SteppedTime.SteppedInbox<LegEvent> events;
  private final List<String> orders = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();
  private int playbacks;
  private boolean silent;

  public ScriptedLeg(SteppedTime time) {
    events = time.new SteppedInbox<>();
  }

  /** Presses keys, one after the other at the same moment. */
  public ScriptedLeg press(Duration fromNow, String keys) {
    keys.chars().forEach(key -> events.arrives(fromNow, new LegEvent.Digit((char) key)));
    return this;
  }

  public ScriptedLeg callerHangsUp(Duration fromNow) {
    return happens(fromNow, new LegEvent.HungUp(EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
  }

  public ScriptedLeg happens(Duration fromNow, LegEvent event) {
    events.arrives(fromNow, event);
    return this;
  }

  /** A hang-up is not followed by the event that reports it. */
  public void staysSilentAboutItsEnd() {
    silent = true;
  }

  /** What the leg was asked for, in order. */
  public List<String> orders() {
    return orders;
  }

  /** What became of keys, one entry for each report. */
  public List<String> keysTaken() {
    return taken;
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
    taken.add(keys);
  }

  @Override
  public void answer() {
    orders.add("answer");
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

  private PlaybackId playback(String order, boolean endless) {
    orders.add(order);
    PlaybackId id = new PlaybackId("p" + ++playbacks);
    if (!endless && !order.contains("forever")) {
      events.arrives(PLAY_LENGTH, new LegEvent.PlaybackEnded(id, PlayResult.PLAYED));
    }
    return id;
  }

  @Override
  public void stop(PlaybackId playback) {
    orders.add("stop " + playback.value());
  }

  @Override
  public RecordingId record(String name, Duration longest) {
    orders.add("record " + name);
    return new RecordingId(name);
  }

  @Override
  public void discard(String name) {
    orders.add("discard " + name);
  }

  @Override
  public void set(Map<String, String> variables) {
    orders.add("set " + new TreeMap<>(variables));
  }

  @Override
  public void transfer(String number) {
    orders.add("transfer " + number);
  }

  @Override
  public void hangup(HangupCause cause) {
    orders.add("hangup " + cause);
    if (!silent) {
      happens(Duration.ZERO, new LegEvent.HungUp(EndedBy.ENGINE, cause));
    }
  }
}
