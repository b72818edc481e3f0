package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.DestinationRefusal;
import dev.callflow.core.limit.DestinationRules;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call as modules control it, through operations that block until they are complete.
 *
 * <p>One thread owns a call and calls these methods; they wait on the call's {@link TimeSource}.
 * Each throws {@link CallEndedException} if the call has ended or ends during the operation, or if
 * the thread is interrupted (its interrupt status is restored).
 *
 * <p>Pressed keys are kept in order until an operation consumes them, so callers can type ahead of
 * prompts (docs/spec/conference.md#prompts-and-digits). At most {@value #MAX_KEPT_KEYS} keys are
 * kept; further keys are dropped.
 */
public final class Call {

  /** The maximum number of pressed keys that are kept. */
  static final int MAX_KEPT_KEYS = 64;

  /** The time after which a single playback is stopped. */
  static final Duration PLAYBACK_TIMEOUT = Duration.ofHours(2);

  private final Leg leg;
  private final AccountId account;
  private final IncomingCall incoming;
  private final TimeSource time;
  private final Function<String, Optional<DestinationRefusal>> destinations;
  private final Deque<Character> keys = new ArrayDeque<>(4);
  private Position position;
  private Map<String, String> resumed = Map.of();
  private @Nullable Instant answered;
  private LegEvent.@Nullable HungUp end;

  /** The event that {@link #awaitEvent} has found. */
  private @Nullable LegEvent found;

  /**
   * Creates a call that controls a leg and can be transferred within {@link
   * DestinationRules#standard}.
   *
   * @param leg the leg
   * @param account the account that the call belongs to
   * @param incoming the call's numbers and variables
   * @param time the time source to wait on
   */
  public Call(Leg leg, AccountId account, IncomingCall incoming, TimeSource time) {
    this(leg, account, incoming, time, DestinationRules.standard()::number);
  }

  /**
   * Creates a call that controls a leg.
   *
   * @param leg the leg
   * @param account the account that the call belongs to
   * @param incoming the call's numbers and variables
   * @param time the time source to wait on
   * @param destinations decides whether the call may be transferred to a number
   */
  public Call(
      Leg leg,
      AccountId account,
      IncomingCall incoming,
      TimeSource time,
      Function<String, Optional<DestinationRefusal>> destinations) {
    this.destinations = destinations;
    this.leg = leg;
    this.account = account;
    this.incoming = incoming;
    this.time = time;
    this.position =
        new Position(account, incoming.number(), Position.Place.NONE, List.of(), Map.of());
  }

  /**
   * Returns the call's id.
   *
   * @return the id of its leg
   */
  public CallId id() {
    return leg.id();
  }

  /**
   * Returns the account that the call belongs to.
   *
   * @return the account's id
   */
  public AccountId account() {
    return account;
  }

  /**
   * Returns the numbers and variables of the call when it arrived.
   *
   * @return the incoming call
   */
  public IncomingCall incoming() {
    return incoming;
  }

  /**
   * Returns the time source on which this call waits.
   *
   * @return the time source
   */
  public TimeSource time() {
    return time;
  }

  /**
   * Stores the current node with the leg, so that a restarted host can continue the call there. The
   * interpreter calls this.
   *
   * @param place the position; {@link #resumed} returns its step, which is empty unless the call
   *     continues after a restart
   */
  public void at(Position place) {
    position = place;
    resumed = place.step();
    leg.keep(place);
  }

  /**
   * Stores the progress of the current module with the leg, so that a restarted host can continue
   * it.
   *
   * @param step keys and values that the module defines; must contain no PIN
   */
  public void keep(Map<String, String> step) {
    leg.keep(position.withStep(step));
  }

  /**
   * Returns the progress that the module of this node stored in an earlier process. Further
   * invocations in the same node return an empty map.
   *
   * @return the step; empty unless the call continues at this node
   */
  public Map<String, String> resumed() {
    Map<String, String> step = resumed;
    resumed = Map.of();
    return step;
  }

  /**
   * Returns when this call was answered.
   *
   * @return the time of the first {@link #answer}; empty if there was none
   */
  public Optional<Instant> answered() {
    return Optional.ofNullable(answered);
  }

  /** Answers the call if it has not been answered; does not wait for the switch. */
  public void answer() {
    requireAlive();
    if (answered == null) {
      answered = time.now();
      leg.answer();
    }
  }

  /**
   * Plays media and waits for the playback to end.
   *
   * <p>With {@link KeyPolicy#INTERRUPT}, nothing is played if a key has already been pressed.
   *
   * @param media the media
   * @param mode what a key press does to the playback
   * @return how the playback ended
   */
  public PlayResult play(Media media, KeyPolicy mode) {
    requireAlive();
    if (mode == KeyPolicy.INTERRUPT && !keys.isEmpty()) {
      return PlayResult.INTERRUPTED;
    }
    return waitForEnd(leg.play(media, mode, false), mode);
  }

  /**
   * Speaks text and waits for the speech to end.
   *
   * @param text the text, on a single line
   * @param voice the voice; empty for the default
   * @param language the language; empty for the default
   * @param engine the speech engine; empty for the default
   * @param mode what a key press does to the playback
   * @return how the speech ended
   */
  public PlayResult speak(
      String text, String voice, String language, String engine, KeyPolicy mode) {
    requireAlive();
    if (mode == KeyPolicy.INTERRUPT && !keys.isEmpty()) {
      return PlayResult.INTERRUPTED;
    }
    return waitForEnd(leg.speak(text, voice, language, engine, mode), mode);
  }

  private PlayResult waitForEnd(PlaybackId playback, KeyPolicy mode) {
    Instant deadline = time.now().plus(PLAYBACK_TIMEOUT);
    while (true) {
      LegEvent event = take(deadline);
      switch (event) {
        case null -> {
          leg.stop(playback);
          return PlayResult.INTERRUPTED;
        }
        case LegEvent.PlaybackEnded(PlaybackId id, PlayResult result) when id.equals(playback) -> {
          return result;
        }
        case LegEvent.Dtmf(char key) -> {
          keep(key);
          if (mode == KeyPolicy.INTERRUPT) {
            return PlayResult.INTERRUPTED;
          }
        }
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.HungUp gone ->
            throw new IllegalStateException(
                "take() must not return a hangup, but returned " + gone);
        case LegEvent.Signal ignored -> {}
      }
    }
  }

  /**
   * Plays a prompt until the first key is pressed, and collects digits.
   *
   * <p>The prompt is not played if a key has already been pressed. The timeout for the first digit
   * starts when the prompt ends. A {@code #} ends the entry and is not part of it
   * (docs/spec/conference.md#prompts-and-digits).
   *
   * @param prompt the prompt; null for none
   * @param max the number of digits after which the entry is complete
   * @param first how long to wait for the first digit
   * @param between how long to wait for each further digit
   * @return the digits; empty if none were pressed
   */
  public Digits collect(@Nullable Media prompt, int max, Duration first, Duration between) {
    return collect(prompt, max, first, between, false);
  }

  /**
   * Does the same as {@link #collect} for secret digits such as a PIN, which are hidden from
   * journals.
   *
   * @param prompt the prompt; null for none
   * @param max the number of digits after which the entry is complete
   * @param first how long to wait for the first digit
   * @param between how long to wait for each further digit
   * @return the digits; empty if none were pressed
   */
  public Digits collectSecret(@Nullable Media prompt, int max, Duration first, Duration between) {
    return collect(prompt, max, first, between, true);
  }

  private Digits collect(
      @Nullable Media prompt, int max, Duration first, Duration between, boolean secret) {
    requireAlive();
    if (prompt != null) {
      play(prompt, KeyPolicy.INTERRUPT);
    }
    StringBuilder entry = new StringBuilder();
    String end = "";
    try {
      while (entry.length() < max && end.isEmpty()) {
        Optional<Character> key = awaitKey(entry.isEmpty() ? first : between);
        if (key.isEmpty()) {
          break;
        }
        if (key.get() == '#') {
          end = "#";
        } else {
          entry.append(key.get().charValue());
        }
      }
    } finally {
      keysConsumed((secret ? "?".repeat(entry.length()) : entry) + end);
    }
    return new Digits(entry.toString());
  }

  /**
   * Waits for the next key and consumes it.
   *
   * @param timeout how long to wait
   * @return the key; empty if none was pressed before the timeout
   */
  public Optional<Character> nextKey(Duration timeout) {
    Optional<Character> key = awaitKey(timeout);
    key.ifPresent(it -> keysConsumed(String.valueOf(it.charValue())));
    return key;
  }

  private void keysConsumed(String pressed) {
    if (!pressed.isEmpty()) {
      leg.keysConsumed(pressed);
    }
  }

  private Optional<Character> awaitKey(Duration timeout) {
    Instant deadline = time.now().plus(timeout);
    while (keys.isEmpty()) {
      LegEvent event = take(deadline);
      switch (event) {
        case null -> {
          return Optional.empty();
        }
        case LegEvent.Dtmf(char key) -> keep(key);
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.HungUp gone ->
            throw new IllegalStateException(
                "take() must not return a hangup, but returned " + gone);
        case LegEvent.Signal ignored -> {}
      }
    }
    return Optional.of(keys.removeFirst());
  }

  /** Discards the keys that have been pressed but not consumed. */
  public void discardDigits() {
    keysConsumed("?".repeat(keys.size()));
    keys.clear();
  }

  /**
   * Waits for a duration; keys pressed meanwhile are kept.
   *
   * @param duration how long to wait
   */
  public void sleep(Duration duration) {
    Instant deadline = time.now().plus(duration);
    while (true) {
      LegEvent event = take(deadline);
      switch (event) {
        case null -> {
          return;
        }
        case LegEvent.Dtmf(char key) -> keep(key);
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.HungUp gone ->
            throw new IllegalStateException(
                "take() must not return a hangup, but returned " + gone);
        case LegEvent.Signal ignored -> {}
      }
    }
  }

  /**
   * Waits for the next event of any kind. Used by modules that have their own event loop, such as
   * the conference module while a caller is in the room.
   *
   * @param timeout how long to wait
   * @return the event, never {@link LegEvent.HungUp}; kept keys are returned first; empty if
   *     nothing happened before the timeout
   */
  public Optional<LegEvent> next(Duration timeout) {
    LegEvent event =
        keys.isEmpty() ? take(time.now().plus(timeout)) : new LegEvent.Dtmf(keys.removeFirst());
    if (event instanceof LegEvent.Dtmf(char key)) {
      keysConsumed(String.valueOf(key));
    }
    return Optional.ofNullable(event);
  }

  /**
   * Waits until the next wait for an event would end at once, because there is an event, a kept
   * key, or the call has ended. The engine calls this for modules that {@linkplain
   * dev.callflow.core.Outcome.LongWait wait for long}.
   *
   * @param timeout how long to wait
   */
  public void awaitEvent(Duration timeout) {
    if (keys.isEmpty() && found == null && end == null) {
      try {
        found = leg.events().poll(timeout);
      } catch (InterruptedException e) {
        // The next wait reports it.
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Sends a signal to the call's own thread. Does not block. This is the only method that other
   * threads may call.
   *
   * @param signal the signal, which {@link #next} returns
   * @return false if the call's inbox is full or the call has ended
   */
  public boolean signal(LegEvent.Signal signal) {
    return leg.events().offer(signal);
  }

  /**
   * Records the caller and waits for the recording to end.
   *
   * @param name the name of the recording: letters, digits, {@code -} and {@code _}
   * @param maxLength the maximum length of the recording
   * @return the length of the recording; zero if nothing was recorded
   */
  public Duration record(String name, Duration maxLength) {
    requireAlive();
    RecordingId recording = leg.record(name, maxLength);
    Instant deadline = time.now().plus(maxLength).plusSeconds(5);
    while (true) {
      LegEvent event = take(deadline);
      switch (event) {
        case null -> {
          return Duration.ZERO;
        }
        case LegEvent.RecordingEnded(RecordingId id, long millis) when id.equals(recording) -> {
          return Duration.ofMillis(millis);
        }
        case LegEvent.Dtmf key -> keysConsumed("?");
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.HungUp gone ->
            throw new IllegalStateException(
                "take() must not return a hangup, but returned " + gone);
        case LegEvent.Signal ignored -> {}
      }
    }
  }

  /**
   * Starts an endless playback, for instance of music, and does not wait.
   *
   * @param media the media
   * @return the id with which the playback can be stopped
   */
  public PlaybackId startMusic(Media media) {
    requireAlive();
    return leg.play(media, KeyPolicy.WAIT, true);
  }

  /**
   * Stops a playback.
   *
   * @param playback the id of the playback
   */
  public void stop(PlaybackId playback) {
    leg.stop(playback);
  }

  /**
   * Deletes a recording; also works after the call has ended.
   *
   * @param name the name of the recording
   */
  public void discard(String name) {
    leg.discard(name);
  }

  /**
   * Sets variables on the leg.
   *
   * @param variables the values by name; those that {@link Leg#set} does not accept are ignored
   */
  public void set(Map<String, String> variables) {
    requireAlive();
    leg.set(variables);
  }

  /**
   * Transfers the caller to another number, out of the callflow, unless the account may not call
   * the number; blocks for as long as the store does.
   *
   * @param number the number: digits, {@code *}, {@code #} and {@code +}
   * @return why the caller was not transferred; empty if they were
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public Optional<DestinationRefusal> transfer(String number) {
    requireAlive();
    Optional<DestinationRefusal> refusal = destinations.apply(number);
    if (refusal.isEmpty()) {
      leg.transfer(number);
    }
    return refusal;
  }

  /**
   * Hangs up; does nothing if the call has ended. Does not wait; the next blocking operation throws
   * {@link CallEndedException}.
   *
   * @param cause the cause that the caller receives
   */
  public void hangup(HangupCause cause) {
    if (end == null) {
      leg.hangup(cause);
    }
  }

  private void keep(char key) {
    if (keys.size() < MAX_KEPT_KEYS) {
      keys.addLast(key);
    } else {
      keysConsumed("?");
    }
  }

  private void requireAlive() {
    if (end != null) {
      throw new CallEndedException(end.by(), end.cause());
    }
  }

  private @Nullable LegEvent take(Instant deadline) {
    requireAlive();
    LegEvent event = found;
    found = null;
    try {
      if (event == null) {
        event = leg.events().poll(Duration.between(time.now(), deadline));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallEndedException(EndedBy.ENGINE, HangupCause.NORMAL_TEMPORARY_FAILURE);
    }
    if (event instanceof LegEvent.HungUp hungUp) {
      end = hungUp;
      throw new CallEndedException(hungUp.by(), hungUp.cause());
    }
    return event;
  }
}
