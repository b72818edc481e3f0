package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as a module sees it: plain operations that wait until they are done.
 *
 * <p>One thread owns a call and calls these methods; they block on the call's {@link TimeSource}.
 * Every one of them throws {@link CallEndedException} when the call has ended or ends meanwhile,
 * also when the thread is interrupted (the interruption is restored).
 *
 * <p>Keys that are pressed are kept, in order, until a question takes them: type-ahead works across
 * prompts (docs/spec/conference.md#prompts-and-digits). At most {@value #MAX_KEPT_KEYS} are kept;
 * more are dropped.
 */
public final class Call {

  /** How many pressed keys wait for a question at most. */
  static final int MAX_KEPT_KEYS = 64;

  /** How long a single playback may take before it is stopped. */
  static final Duration PLAYBACK_TIMEOUT = Duration.ofHours(2);

  private final Leg leg;
  private final AccountId account;
  private final IncomingCall incoming;
  private final TimeSource time;
  private final Deque<Character> keys = new ArrayDeque<>();
  private Position position;
  private Map<String, String> resumed = Map.of();
  private boolean answered;
  private LegEvent.@Nullable HungUp end;

  /**
   * Takes charge of a leg.
   *
   * @param leg the leg
   * @param account the account the call belongs to
   * @param incoming what is known of the call
   * @param time how to wait
   */
  public Call(Leg leg, AccountId account, IncomingCall incoming, TimeSource time) {
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
   * Returns what was known of the call when it arrived.
   *
   * @return number, caller, variables
   */
  public IncomingCall incoming() {
    return incoming;
  }

  /**
   * Returns the time source by which everything about this call waits.
   *
   * @return the time source
   */
  public TimeSource time() {
    return time;
  }

  /**
   * Keeps the node that runs, so that a later process can continue the call there. Called by the
   * interpreter.
   *
   * @param place the position; its step is what {@link #resumed} returns, empty at the beginning
   */
  public void at(Position place) {
    position = place;
    resumed = place.step();
    leg.keep(place);
  }

  /**
   * Keeps how far the node's module has come, so that a later process can continue it.
   *
   * @param step words of the module's own; must contain no PIN
   */
  public void keep(Map<String, String> step) {
    leg.keep(position.withStep(step));
  }

  /**
   * Returns what the module of this node kept in an earlier process; only the first call after the
   * node has begun returns it.
   *
   * @return the step; empty unless the call is being continued
   */
  public Map<String, String> resumed() {
    Map<String, String> step = resumed;
    resumed = Map.of();
    return step;
  }

  /** Answers the call unless it is answered; does not wait for the switch. */
  public void answer() {
    requireAlive();
    if (!answered) {
      answered = true;
      leg.answer();
    }
  }

  /**
   * Plays something and waits for its end.
   *
   * <p>With {@link KeyPolicy#INTERRUPT} nothing is played if a key is waiting already.
   *
   * @param media what to play
   * @param mode what a key does
   * @return how it ended
   */
  public PlayResult play(Media media, KeyPolicy mode) {
    requireAlive();
    if (mode == KeyPolicy.INTERRUPT && !keys.isEmpty()) {
      return PlayResult.INTERRUPTED;
    }
    return waitForEnd(leg.play(media, mode, false), mode);
  }

  /**
   * Speaks a text and waits for its end.
   *
   * @param text what to say, one line
   * @param voice the voice, or empty
   * @param language the language, or empty
   * @param engine the engine, or empty
   * @param mode what a key does
   * @return how it ended
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
    Instant latest = time.now().plus(PLAYBACK_TIMEOUT);
    while (true) {
      LegEvent event = take(latest);
      switch (event) {
        case null -> {
          leg.stop(playback);
          return PlayResult.INTERRUPTED;
        }
        case LegEvent.PlaybackEnded(PlaybackId id, PlayResult result) when id.equals(playback) -> {
          return result;
        }
        case LegEvent.Digit(char key) -> {
          keep(key);
          if (mode == KeyPolicy.INTERRUPT) {
            return PlayResult.INTERRUPTED;
          }
        }
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.HungUp gone -> throw new IllegalStateException("take() throws for " + gone);
        case LegEvent.Signal unheard -> {}
      }
    }
  }

  /**
   * Asks for digits: plays the prompt until the first key, then collects.
   *
   * <p>The prompt is not played if keys are waiting already. The time for the first digit begins
   * when the prompt has ended; {@code #} ends the entry and is not part of it
   * (docs/spec/conference.md#prompts-and-digits).
   *
   * @param prompt what to play first; null for nothing
   * @param most how many digits end the entry
   * @param first how long to wait for the first digit
   * @param between how long to wait for each further digit
   * @return the digits; empty if none were pressed
   */
  public Digits collect(@Nullable Media prompt, int most, Duration first, Duration between) {
    return collect(prompt, most, first, between, false);
  }

  /**
   * Asks for digits that nobody else may ever see, such as a PIN: as {@link #collect}, but the keys
   * are hidden from journals.
   *
   * @param prompt what to play first; null for nothing
   * @param most how many digits end the entry
   * @param first how long to wait for the first digit
   * @param between how long to wait for each further digit
   * @return the digits; empty if none were pressed
   */
  public Digits collectSecret(@Nullable Media prompt, int most, Duration first, Duration between) {
    return collect(prompt, most, first, between, true);
  }

  private Digits collect(
      @Nullable Media prompt, int most, Duration first, Duration between, boolean secret) {
    requireAlive();
    if (prompt != null) {
      play(prompt, KeyPolicy.INTERRUPT);
    }
    StringBuilder entry = new StringBuilder();
    String end = "";
    try {
      while (entry.length() < most && end.isEmpty()) {
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
   * Takes the next key, waiting for one.
   *
   * @param longest how long to wait
   * @return the key, or empty if none came in time
   */
  public Optional<Character> nextKey(Duration longest) {
    Optional<Character> key = awaitKey(longest);
    key.ifPresent(it -> keysConsumed(String.valueOf(it.charValue())));
    return key;
  }

  private void keysConsumed(String pressed) {
    if (!pressed.isEmpty()) {
      leg.keysConsumed(pressed);
    }
  }

  private Optional<Character> awaitKey(Duration longest) {
    Instant latest = time.now().plus(longest);
    while (keys.isEmpty()) {
      LegEvent event = take(latest);
      switch (event) {
        case null -> {
          return Optional.empty();
        }
        case LegEvent.Digit(char key) -> keep(key);
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.HungUp gone -> throw new IllegalStateException("take() throws for " + gone);
        case LegEvent.Signal unheard -> {}
      }
    }
    return Optional.of(keys.removeFirst());
  }

  /** Forgets the keys that nobody has asked for. */
  public void discardDigits() {
    keysConsumed("?".repeat(keys.size()));
    keys.clear();
  }

  /**
   * Waits for nothing but time.
   *
   * @param duration how long
   */
  public void sleep(Duration duration) {
    Instant latest = time.now().plus(duration);
    while (true) {
      LegEvent event = take(latest);
      switch (event) {
        case null -> {
          return;
        }
        case LegEvent.Digit(char key) -> keep(key);
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.HungUp gone -> throw new IllegalStateException("take() throws for " + gone);
        case LegEvent.Signal unheard -> {}
      }
    }
  }

  /**
   * Waits for the next event of whatever kind: for modules that have a conversation of their own,
   * as the conference has while a caller is in the room.
   *
   * @param longest how long to wait
   * @return the event, never {@link LegEvent.HungUp}; a key that was kept comes first; empty if
   *     nothing happened in time
   */
  public Optional<LegEvent> next(Duration longest) {
    LegEvent event =
        keys.isEmpty() ? take(time.now().plus(longest)) : new LegEvent.Digit(keys.removeFirst());
    if (event instanceof LegEvent.Digit(char key)) {
      keysConsumed(String.valueOf(key));
    }
    return Optional.ofNullable(event);
  }

  /**
   * Tells the call's own thread something; the only method for other threads. Does not block.
   *
   * @param signal what; {@link #next} returns it
   * @return false if too much waits for the call already, or it has ended
   */
  public boolean signal(LegEvent.Signal signal) {
    return leg.events().offer(signal);
  }

  /**
   * Records the caller and waits for the end.
   *
   * @param name the name under which it is kept: letters, digits, {@code -} and {@code _}
   * @param longest how long it may become
   * @return how much was recorded; zero if nothing
   */
  public Duration record(String name, Duration longest) {
    requireAlive();
    RecordingId recording = leg.record(name, longest);
    Instant latest = time.now().plus(longest).plusSeconds(5);
    while (true) {
      LegEvent event = take(latest);
      switch (event) {
        case null -> {
          return Duration.ZERO;
        }
        case LegEvent.RecordingEnded(RecordingId id, long millis) when id.equals(recording) -> {
          return Duration.ofMillis(millis);
        }
        case LegEvent.Digit key -> keysConsumed("?");
        case LegEvent.RecordingEnded stale -> {}
        case LegEvent.PlaybackEnded stale -> {}
        case LegEvent.HungUp gone -> throw new IllegalStateException("take() throws for " + gone);
        case LegEvent.Signal unheard -> {}
      }
    }
  }

  /**
   * Begins to play something for ever, such as music, and does not wait.
   *
   * @param media what to play
   * @return by which to stop it
   */
  public PlaybackId startMusic(Media media) {
    requireAlive();
    return leg.play(media, KeyPolicy.WAIT, true);
  }

  /**
   * Ends a playback.
   *
   * @param playback which one
   */
  public void stop(PlaybackId playback) {
    leg.stop(playback);
  }

  /**
   * Deletes a recording; also when the call has ended.
   *
   * @param name the name it was recorded under
   */
  public void discard(String name) {
    leg.discard(name);
  }

  /**
   * Sets variables on the leg.
   *
   * @param variables names and values as {@link Leg#set} takes them; others are passed over
   */
  public void set(Map<String, String> variables) {
    requireAlive();
    leg.set(variables);
  }

  /**
   * Sends the caller to a number, away from the callflow.
   *
   * @param number digits, {@code *}, {@code #} and {@code +}
   */
  public void transfer(String number) {
    requireAlive();
    leg.transfer(number);
  }

  /**
   * Hangs up; does nothing if the call has ended. Does not wait: the next operation that waits
   * throws {@link CallEndedException}.
   *
   * @param cause the cause that the caller gets
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

  private @Nullable LegEvent take(Instant latest) {
    requireAlive();
    LegEvent event;
    try {
      event = leg.events().poll(Duration.between(time.now(), latest));
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
