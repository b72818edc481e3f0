package dev.callflow.conference.bed;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A leg that records the orders it receives. A test schedules key presses, spoken names and
 * hang-ups, as reactions to a prompt or after a delay.
 */
public final class ScriptedLeg implements Leg {

  /** The time that each prompt, sound or other media item takes to play. */
  public static final Duration PLAY_LENGTH = Duration.ofSeconds(3);

  private static final int CAPACITY = 1_000;

  private final CallId id;
  private final TimeSource time;
  private final Inbox<LegEvent> events;
  private final List<String> orders = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final Map<String, String> playing = new HashMap<>();
  private final Map<String, Deque<Runnable>> replies = new HashMap<>();
  private final List<Runnable> ends = new ArrayList<>();
  private Duration speech = Duration.ofSeconds(2);
  private boolean ended;

  public ScriptedLeg(String id, TimeSource time) {
    this.id = new CallId(id);
    this.time = time;
    this.events = time.inbox(CAPACITY);
  }

  // ---- actions of the caller

  /** Presses keys now. */
  public void press(String keys) {
    keys.chars().forEach(key -> happens(new LegEvent.Dtmf((char) key)));
  }

  /** Presses keys after a delay, all at the same moment. */
  public void press(Duration fromNow, String keys) {
    time.after(fromNow, "keys-" + id, () -> press(keys));
  }

  /**
   * Presses keys each time a prompt is played: the first element of {@code keys} the first time,
   * the second element the second time, and so on.
   */
  public void replies(String prompt, String... keys) {
    for (String each : keys) {
      on(prompt, () -> press(each));
    }
  }

  /** Sets the length of the name that the caller records; zero for silence. */
  public void speaksFor(Duration length) {
    speech = length;
  }

  /** Hangs up now. */
  public void hangsUp() {
    end(EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
  }

  /** Hangs up after a delay. */
  public void hangsUp(Duration fromNow) {
    time.after(fromNow, "hangup-" + id, this::hangsUp);
  }

  /** Hangs up as soon as a prompt is played. */
  public void hangsUpDuring(String prompt) {
    on(prompt, this::hangsUp);
  }

  /** Makes the leg throw an exception when a prompt is played. */
  public void breaksDuring(String prompt) {
    on(
        prompt,
        () -> {
          throw new IllegalStateException("broken");
        });
  }

  /** Runs a reaction when a prompt is played; each reaction runs once. */
  public void on(String prompt, Runnable reaction) {
    replies.computeIfAbsent(prompt, first -> new ArrayDeque<>()).add(reaction);
  }

  /** Sends an event to the call's thread. */
  public void happens(LegEvent event) {
    events.offer(event);
  }

  // ---- for assertions

  /** Returns the orders that the leg has received, oldest first. */
  public List<String> orders() {
    return List.copyOf(orders);
  }

  /**
   * Returns the media played to the leg, oldest first; the name of a prompt includes its language,
   * if it has one.
   */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /** Runs a task when the leg ends. */
  void whenEnded(Runnable task) {
    ends.add(task);
  }

  boolean hasEnded() {
    return ended;
  }

  // ---- the leg

  @Override
  public CallId id() {
    return id;
  }

  @Override
  public Inbox<LegEvent> events() {
    return events;
  }

  @Override
  public void answer() {
    orders.add("answer");
  }

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    String name = nameOf(media);
    PlaybackId playback = new PlaybackId("p" + (playing.size() + 1));
    playing.put(playback.value(), name);
    heard.add(name);
    orders.add("play " + name + (endless ? " endlessly" : ""));
    if (!endless) {
      time.after(
          PLAY_LENGTH,
          "played-" + id,
          () -> happens(new LegEvent.PlaybackEnded(playback, PlayResult.PLAYED)));
    }
    Runnable reply = replies.getOrDefault(media.name(), new ArrayDeque<>()).poll();
    if (reply != null) {
      reply.run();
    }
    return playback;
  }

  private static String nameOf(Media media) {
    return media instanceof Media.Prompt(String name, String language) && !language.isEmpty()
        ? name + " (" + language + ")"
        : media.name();
  }

  @Override
  public PlaybackId speak(
      String text, String voice, String language, String engine, KeyPolicy keys) {
    throw new UnsupportedOperationException("conferences do not use text-to-speech");
  }

  @Override
  public void stop(PlaybackId playback) {
    orders.add("stop " + playing.get(playback.value()));
  }

  @Override
  public RecordingId record(String name, Duration maxLength) {
    orders.add("record " + name);
    RecordingId recording = new RecordingId(name);
    Duration length = speech;
    time.after(
        length,
        "recorded-" + id,
        () -> happens(new LegEvent.RecordingEnded(recording, length.toMillis())));
    return recording;
  }

  @Override
  public void discard(String name) {
    orders.add("discard " + name);
  }

  @Override
  public void set(Map<String, String> variables) {
    orders.add("set " + variables);
  }

  @Override
  public void transfer(String number) {
    orders.add("transfer " + number);
  }

  @Override
  public void hangup(HangupCause cause) {
    orders.add("hangup " + cause);
    end(EndedBy.ENGINE, cause);
  }

  private void end(EndedBy by, HangupCause cause) {
    if (!ended) {
      ended = true;
      happens(new LegEvent.HungUp(by, cause));
      ends.forEach(Runnable::run);
    }
  }
}
