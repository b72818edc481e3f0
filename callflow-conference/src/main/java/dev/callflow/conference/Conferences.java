package dev.callflow.conference;

import dev.callflow.conference.admission.Admission;
import dev.callflow.conference.admission.AnnounceRole;
import dev.callflow.conference.admission.AskForNumber;
import dev.callflow.conference.admission.ConferenceFeatureModule;
import dev.callflow.conference.admission.ConferenceModule;
import dev.callflow.conference.admission.Continuation;
import dev.callflow.conference.admission.Door;
import dev.callflow.conference.admission.Entrance;
import dev.callflow.conference.admission.FindRoom;
import dev.callflow.conference.admission.Join;
import dev.callflow.conference.admission.Moves;
import dev.callflow.conference.admission.Outcomes;
import dev.callflow.conference.admission.RoleAndPin;
import dev.callflow.conference.admission.SpokenName;
import dev.callflow.conference.admission.Welcome;
import dev.callflow.conference.control.Actions;
import dev.callflow.conference.control.DialOut;
import dev.callflow.conference.control.DialledLegs;
import dev.callflow.conference.control.IdempotentActions;
import dev.callflow.conference.control.Keeping;
import dev.callflow.conference.control.Orders;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.document.RoomProfiles;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.kazoo.Control;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.limit.RoomLimits;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomProfile;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.pin.PinThrottle;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.publish.EventPublisher;
import dev.callflow.conference.publish.EventSettings;
import dev.callflow.conference.publish.TalkingLimit;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.restart.AdoptedMembers;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.sequence.InOrder;
import dev.callflow.conference.sound.RoomSounds;
import dev.callflow.conference.stay.KeyActions;
import dev.callflow.conference.stay.Stay;
import dev.callflow.conference.visit.Returning;
import dev.callflow.core.CallRecord;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Provides the conference element, and access to the running conferences.
 *
 * <p>Safe for use by any thread.
 */
public final class Conferences {

  /** The name under which events of an account's limits are published. */
  private static final String LIMITS = "account-limits";

  /** The maximum number of counts that wait for a slow recorder of metrics. */
  private static final int MAX_COUNTS = 10_000;

  private final Rooms rooms;
  private final EventPublisher events;
  private final ConferenceOperator operator;
  private final Control control;
  private final RoomProfiles profiles;
  private final MediaGuard media;
  private final DocumentStore store;
  private final List<CallflowModule> modules;
  private final Stay stay;
  private final AdoptedMembers adopted;

  private Conferences(Builder builder) {
    store = builder.store;
    TimeSource time = builder.time;
    ConferenceMetrics metrics = builder.metrics;
    Mixer mixer =
        metrics == ConferenceMetrics.NONE
            ? builder.mixer
            : new MeteredMixer(builder.mixer, metrics, time);
    ConferenceMetrics roomMetrics =
        metrics == ConferenceMetrics.NONE
            ? metrics
            : new RoomMetrics(metrics, new InOrder<>(time, "metrics", MAX_COUNTS));
    ChannelVariables callers = new ChannelVariables();
    RoomDocuments documents = new RoomDocuments(store);
    EventLogs logs = new EventLogs(time);
    events =
        new EventPublisher(
            new EventSettings(store, time),
            callers,
            logs,
            new TalkingLimit(time, this::note),
            roomMetrics,
            time);
    RoomSounds sounds = new RoomSounds(mixer, time);
    media = builder.media;
    Limits limits =
        builder.limits == null ? Limits.of(store, time, AccountLimits.standard()) : builder.limits;
    RoomLimits roomLimits = new RoomLimits(limits, store, mixer);
    RecordingNames recordings = new RecordingNames(builder.random);
    Keeping keeping = new Keeping(mixer, this::rooms);
    IdempotentActions idempotent = new IdempotentActions(time, keeping);
    Outcomes outcomes = new Outcomes(builder.observers);
    Returning returning = new Returning(time);
    adopted =
        new AdoptedMembers(
            new AdoptedMembers.Services(store, media, mixer, documents, limits, time),
            sounds,
            callers,
            outcomes,
            returning,
            this::rooms,
            this::stay);
    rooms =
        new Rooms(
            mixer,
            time,
            new RoomOptions(builder.roomTimeout, builder.unreachableTimeout, builder.maxBans),
            recordings,
            new RoomReactions(
                events, documents, sounds, logs, roomMetrics, adopted, idempotent, roomLimits));
    limits.listen(use -> note(new RoomId(use.account(), LIMITS), new Notice.LimitUse(use)));
    CallerCopies copies = new CallerCopies(mixer, rooms.turns());
    Join join = new Join(mixer, rooms, sounds, metrics);
    stay = new Stay(mixer, rooms, new KeyActions(mixer, rooms));
    Entrance entrance = new Entrance(join, stay, new Moves(documents, join, stay));
    profiles = new RoomProfiles(store, media, documents);
    DialledLegs legs =
        new DialledLegs(store, media, mixer, rooms, entrance, callers, outcomes, time);
    Actions actions =
        new Actions(
            store,
            media,
            rooms,
            documents,
            recordings,
            new Orders(mixer, rooms),
            keeping,
            new DialOut(store, mixer, rooms, documents, legs, limits, time),
            roomLimits,
            time);
    operator =
        new ConferenceOperator(mixer, rooms, actions, idempotent, builder.observers, logs, time);
    control = new Control(operator::perform);
    PinThrottle throttle = new PinThrottle(time, room -> note(room, new Notice.PinAttack()));
    FindRoom findRoom = new FindRoom(mixer, documents);
    Admission admission =
        new Admission(
            new Admission.Steps(
                findRoom,
                new Welcome(),
                new AskForNumber(),
                new RoleAndPin(throttle),
                new AnnounceRole(builder.observers),
                new Door(rooms, documents),
                new SpokenName(time, recordings)),
            entrance,
            rooms,
            copies,
            callers,
            metrics,
            outcomes,
            new Continuation(findRoom, documents, mixer, returning));
    modules = List.of(new ConferenceModule(admission), new ConferenceFeatureModule(admission));
  }

  /**
   * Returns a builder with default settings.
   *
   * @param store the store that holds the documents of conferences
   * @param mixer the mixer that runs the rooms
   * @param time the source of time and threads
   * @return the builder
   */
  public static Builder builder(DocumentStore store, Mixer mixer, TimeSource time) {
    return new Builder(store, mixer, time);
  }

  /** Collects the settings of {@link Conferences}. */
  public static final class Builder {

    private final DocumentStore store;
    private final Mixer mixer;
    private final TimeSource time;
    private final List<ConferenceObserver> observers = new ArrayList<>();
    private ConferenceMetrics metrics = ConferenceMetrics.NONE;
    private Duration roomTimeout = Duration.ofMinutes(1);
    private int maxBans = RoomOptions.MAX_BANS;
    private Duration unreachableTimeout = RoomOptions.UNREACHABLE_TIMEOUT;
    private MediaGuard media = MediaGuard.standard();
    private @Nullable Limits limits;
    private RandomGenerator random = new SecureRandom();

    private Builder(DocumentStore store, Mixer mixer, TimeSource time) {
      this.store = store;
      this.mixer = mixer;
      this.time = time;
    }

    /**
     * Adds an observer of callers' visits and operators' actions.
     *
     * @param observer the observer
     * @return this builder
     */
    public Builder observer(ConferenceObserver observer) {
      observers.add(observer);
      return this;
    }

    /**
     * Sets the metrics recorder.
     *
     * @param recorder the recorder; by default nothing is recorded
     * @return this builder
     */
    public Builder metrics(ConferenceMetrics recorder) {
      metrics = recorder;
      return this;
    }

    /**
     * Sets how long a caller or an operator waits for an answer from a room. A room answers at once
     * unless the machine is overloaded.
     *
     * @param timeout the timeout; the default is one minute
     * @return this builder
     */
    public Builder roomTimeout(Duration timeout) {
      roomTimeout = timeout;
      return this;
    }

    /**
     * Sets the maximum number of caller numbers that are banned from a conference at a time.
     * FreeSWITCH repeats each of them in every event of the room.
     *
     * @param max the maximum, at least 1; the default is 200. A further ban is refused
     * @return this builder
     * @throws IllegalArgumentException if the maximum is less than 1
     */
    public Builder maxBans(int max) {
      if (max < 1) {
        throw new IllegalArgumentException("maxBans must be at least 1, but is " + max);
      }
      maxBans = max;
      return this;
    }

    /**
     * Sets how long the rooms of a switch are kept while it cannot be reached. In the meantime
     * their state is unknown; then they end with the reason {@code mixer_lost}.
     *
     * @param timeout the timeout; the default is one minute
     * @return this builder
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Builder unreachableTimeout(Duration timeout) {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException(
            "the unreachable timeout must be positive, but is " + timeout);
      }
      unreachableTimeout = timeout;
      return this;
    }

    /**
     * Sets the guard that decides which media an account may play. The engine must use the same
     * guard.
     *
     * @param guard the guard; the default is {@link MediaGuard#standard}
     * @return this builder
     */
    public Builder media(MediaGuard guard) {
      media = guard;
      return this;
    }

    /**
     * Sets the limits of accounts. The engine must use the same object.
     *
     * @param shared the limits; the default is {@link AccountLimits#standard} for each account
     * @return this builder
     */
    public Builder limits(Limits shared) {
      limits = shared;
      return this;
    }

    /**
     * Sets the source of randomness for the names of recordings. Replays set it so that the names
     * are the same each time.
     *
     * @param source the source, used by any thread; the default is a {@link SecureRandom}
     * @return this builder
     */
    public Builder random(RandomGenerator source) {
      random = source;
      return this;
    }

    /**
     * Creates the conferences and starts listening for the mixer's events.
     *
     * @return the conferences
     */
    public Conferences build() {
      return new Conferences(this);
    }
  }

  /**
   * Returns the modules to register with a {@link dev.callflow.core.CallflowEngine}.
   *
   * @return the modules of the {@code conference} and {@code conference_feature} elements
   */
  public List<CallflowModule> modules() {
    return modules;
  }

  /**
   * Returns the guard that decides which media an account may play, for code that checks their
   * documents.
   *
   * @return the guard
   */
  public MediaGuard media() {
    return media;
  }

  /**
   * Adds a listener for the events of all conferences. The events of one conference arrive in
   * order; events of different conferences can arrive concurrently.
   *
   * @param listener the listener, called on threads that do no other work. While it blocks, up to
   *     10,000 events of a conference are queued; later ones are dropped, which leaves a gap in
   *     {@link ConferenceEvent#sequence}
   * @return the subscription, which removes the listener
   */
  public Subscription onEvent(Consumer<ConferenceEvent> listener) {
    return events.onEvent(listener);
  }

  /**
   * Adds a listener as {@link #onEvent} does. It also gets the events that the system configuration
   * excludes from those that are published; they have the {@link ConferenceEvent#sequence} 0.
   *
   * @param listener the listener, called as that of {@link #onEvent}
   * @return the subscription, which removes the listener
   */
  public Subscription onEveryEvent(Consumer<ConferenceEvent> listener) {
    return events.onEveryEvent(listener);
  }

  /**
   * Adds a listener for the ends of the calls of callers who were in a room when this process
   * connected to the mixer, and who hang up there. No engine of this process has these calls, so
   * its observers are not called for them; a call that goes on after the room is continued by the
   * engine, and its observers get the record.
   *
   * @param listener the listener, called on the call's own thread with a {@linkplain
   *     CallRecord#continued continued} record; must not block
   * @return the subscription, which removes the listener
   */
  public Subscription onCallEnded(Consumer<CallRecord> listener) {
    return adopted.onCallEnded(listener);
  }

  /**
   * Opens a stream of the events of one conference that follow a given version. Each event is
   * delivered once and in order; if events are lost, the stream reports it.
   *
   * @param room the conference; it need not be running
   * @param version the version of a {@link #view} or of the last event received; the stream starts
   *     with the events after it
   * @param capacity the number of undelivered events that the stream buffers; at least 1
   * @return the stream, which the caller must close
   */
  public EventStream events(RoomId room, long version, int capacity) {
    return operator.events(room, version, capacity);
  }

  /**
   * Returns a handle to a conference, whether or not the conference exists.
   *
   * @param account the account
   * @param conference the conference's id, or the name of an ad-hoc conference
   * @return the handle
   */
  public Conference conference(AccountId account, String conference) {
    return new Conference(new RoomId(account, conference), operator);
  }

  /**
   * Finds a conference that is stored or running.
   *
   * @param account the account
   * @param conference the conference's id, or the name of an ad-hoc conference
   * @return the conference; empty if it is neither stored nor known to be running
   * @throws dev.callflow.core.document.StoreUnavailableException if the documents cannot be read
   */
  public Optional<Conference> find(AccountId account, String conference) {
    RoomId room = new RoomId(account, conference);
    return rooms.contains(room)
            || store.find(account, DocumentType.CONFERENCE, conference).isPresent()
        ? Optional.of(new Conference(room, operator))
        : Optional.empty();
  }

  /**
   * Lists the conferences of an account that are running, have callers who are waiting or at a
   * prompt, or are dialling.
   *
   * @param account the account
   * @return the conferences, stored or ad hoc
   */
  public List<Conference> running(AccountId account) {
    return rooms.ids(account).stream().map(room -> new Conference(room, operator)).toList();
  }

  /**
   * Returns a version for {@link #events} that lies between the conferences that have ended and
   * those that begin later: a stream of a conference that begins later contains all of its events,
   * and none of an earlier instance.
   *
   * @return the version
   */
  public long version() {
    return rooms.nextVersion();
  }

  /**
   * Returns how many conferences of all accounts are running, have callers who are waiting or at a
   * prompt, or are dialling.
   *
   * @return the number of conferences
   */
  public int roomCount() {
    return rooms.count();
  }

  /**
   * Counts the participants of all conferences, including ghosts. Asks each conference, so it may
   * block for as long as {@link #view} does for each of them.
   *
   * @return the number of participants
   */
  public int participantCount() {
    return rooms.ids().stream()
        .mapToInt(room -> rooms.snapshot(room).map(it -> it.members().size()).orElse(0))
        .sum();
  }

  /**
   * Performs an action that an operator requests in the format of the REST API; blocks as {@link
   * Conference#perform} does.
   *
   * @param request the request
   * @return the reply
   */
  public ControlReply control(ControlRequest request) {
    return control.control(request);
  }

  /**
   * Returns the current state of a conference; blocks for at most five seconds.
   *
   * @param room the conference
   * @return the state; empty if the conference has no participants, no callers who are waiting or
   *     at a prompt, and no legs that are being dialled
   */
  public Optional<RoomView> view(RoomId room) {
    return operator.view(room);
  }

  /**
   * Describes a participant with the same properties that events about participants contain.
   *
   * @param room the conference
   * @param member the participant, as returned by {@link #view}
   * @return the participant's ids, names, flags and call variables; the caller may modify the
   *     object
   */
  public ObjectNode describe(RoomId room, Member member) {
    return events.describe(room, member);
  }

  /**
   * Describes a waiting caller with the same properties that events about waiting callers contain.
   *
   * @param room the conference
   * @param caller the caller, as returned by {@link #view}
   * @return the caller's id, name, number and call variables; the caller of this method may modify
   *     the object
   */
  public ObjectNode describe(RoomId room, WaitingCaller caller) {
    return events.describe(room, caller);
  }

  /**
   * Returns the profile of a room, for mixers that request their configuration.
   *
   * @param room the conference; if it is not stored, its profile comes from its account's
   *     configuration
   * @return the profile
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot be read
   */
  public RoomProfile profile(RoomId room) {
    return profiles.of(room);
  }

  private Rooms rooms() {
    return rooms;
  }

  private Stay stay() {
    return stay;
  }

  private void note(RoomId room, Notice note) {
    rooms.note(room, note);
  }
}
