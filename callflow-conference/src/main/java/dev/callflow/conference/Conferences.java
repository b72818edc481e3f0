package dev.callflow.conference;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.admission.Admission;
import dev.callflow.conference.admission.AnnounceRole;
import dev.callflow.conference.admission.AskForNumber;
import dev.callflow.conference.admission.ConferenceFeatureModule;
import dev.callflow.conference.admission.ConferenceModule;
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
import dev.callflow.conference.control.ObservedActions;
import dev.callflow.conference.control.Orders;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.document.RoomProfiles;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.kazoo.Control;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomProfile;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.pin.PinThrottle;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.publish.EventPublisher;
import dev.callflow.conference.publish.EventSettings;
import dev.callflow.conference.publish.TalkingLimit;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RecordingNames;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.sound.RoomSounds;
import dev.callflow.conference.stay.KeyActions;
import dev.callflow.conference.stay.Stay;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conference element and the rooms behind it.
 *
 * <p>Safe for use by any thread.
 */
public final class Conferences {

  private final Mixer mixer;
  private final Rooms rooms;
  private final EventPublisher events;
  private final EventLogs logs;
  private final Actions actions;
  private final ObservedActions asked;
  private final IdempotentActions once;
  private final Control control;
  private final RoomProfiles profiles;
  private final MediaGuard media;
  private final DocumentStore store;
  private final TimeSource time;
  private final List<CallflowModule> modules;

  private Conferences(Builder builder) {
    store = builder.store;
    time = builder.time;
    ConferenceMetrics metrics = builder.metrics;
    mixer =
        metrics == ConferenceMetrics.NONE
            ? builder.mixer
            : new MeteredMixer(builder.mixer, metrics, time);
    ChannelVariables callers = new ChannelVariables();
    RoomDocuments documents = new RoomDocuments(store);
    logs = new EventLogs(time);
    events =
        new EventPublisher(
            new EventSettings(store, time),
            callers,
            logs,
            new TalkingLimit(time, this::note),
            metrics,
            time);
    RoomSounds sounds = new RoomSounds(mixer, time);
    media = builder.media;
    RecordingNames recordings = new RecordingNames(builder.random);
    rooms =
        new Rooms(
            mixer,
            time,
            builder.roomTimeout,
            recordings,
            new Listener(events, documents, sounds, logs, metrics));
    Join join = new Join(mixer, rooms, sounds, metrics);
    Stay stay = new Stay(mixer, rooms, new KeyActions(mixer, rooms));
    Entrance entrance = new Entrance(join, stay, new Moves(documents, join, stay));
    Outcomes outcomes = new Outcomes(builder.observers);
    profiles = new RoomProfiles(store, media, documents);
    DialledLegs legs =
        new DialledLegs(store, media, mixer, rooms, entrance, callers, outcomes, time);
    actions =
        new Actions(
            store,
            media,
            rooms,
            documents,
            recordings,
            new Orders(mixer, rooms),
            new DialOut(store, mixer, rooms, documents, legs, time),
            time);
    asked = new ObservedActions(builder.observers);
    once = new IdempotentActions(time);
    control =
        new Control((room, action, key) ->
            key.map(it -> perform(room, action, it)).orElseGet(() -> perform(room, action)));
    PinThrottle throttle = new PinThrottle(time, room -> note(room, new Notice.PinAttack()));
    Admission admission =
        new Admission(
            new Admission.Steps(
                new FindRoom(mixer, documents),
                new Welcome(),
                new AskForNumber(),
                new RoleAndPin(throttle),
                new AnnounceRole(builder.observers),
                new Door(rooms, documents),
                new SpokenName(time, recordings)),
            entrance,
            rooms,
            callers,
            metrics,
            outcomes);
    modules = List.of(new ConferenceModule(admission), new ConferenceFeatureModule(admission));
  }

  /**
   * Begins to make conferences.
   *
   * @param store where their documents are
   * @param mixer what mixes them
   * @param time how to wait
   * @return a builder
   */
  public static Builder builder(DocumentStore store, Mixer mixer, TimeSource time) {
    return new Builder(store, mixer, time);
  }

  /** Collects what conferences are made of. */
  public static final class Builder {

    private final DocumentStore store;
    private final Mixer mixer;
    private final TimeSource time;
    private final List<ConferenceObserver> observers = new ArrayList<>();
    private ConferenceMetrics metrics = ConferenceMetrics.NONE;
    private Duration roomTimeout = Duration.ofMinutes(1);
    private MediaGuard media = MediaGuard.standard();
    private RandomGenerator random = new SecureRandom();

    private Builder(DocumentStore store, Mixer mixer, TimeSource time) {
      this.store = store;
      this.mixer = mixer;
      this.time = time;
    }

    /**
     * Adds somebody who is told how each visit goes, and what operators ask for.
     *
     * @param observer who
     * @return this builder
     */
    public Builder observer(ConferenceObserver observer) {
      observers.add(observer);
      return this;
    }

    /**
     * Sets who counts and times what conferences do.
     *
     * @param told nobody unless set
     * @return this builder
     */
    public Builder metrics(ConferenceMetrics told) {
      metrics = told;
      return this;
    }

    /**
     * Sets how long a room may take to answer a question, of a caller at its door or of an
     * operator. It answers at once unless its machine is overloaded.
     *
     * @param timeout a minute unless set
     * @return this builder
     */
    public Builder roomTimeout(Duration timeout) {
      roomTimeout = timeout;
      return this;
    }

    /**
     * Sets what accounts may hear; give the engine the same.
     *
     * @param guard {@link MediaGuard#standard} unless set
     * @return this builder
     */
    public Builder media(MediaGuard guard) {
      media = guard;
      return this;
    }

    /**
     * Sets what makes up the names of recordings, for replays that must be the same each time.
     *
     * @param source a {@link SecureRandom} unless set; used by any thread
     * @return this builder
     */
    public Builder random(RandomGenerator source) {
      random = source;
      return this;
    }

    /**
     * Makes the conferences and begins to listen to the mixer.
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
   * @return {@code conference} and {@code conference_feature}
   */
  public List<CallflowModule> modules() {
    return modules;
  }

  /**
   * Returns what accounts may hear, for whoever checks their documents.
   *
   * @return the guard
   */
  public MediaGuard media() {
    return media;
  }

  /**
   * Subscribes to the events of all conferences.
   *
   * @param subscriber gets the events of each conference in order, those of different conferences
   *     at the same time; on threads that nothing else waits for. While it blocks, up to 10,000
   *     events of a conference wait; later ones are dropped, which a gap in {@link
   *     ConferenceEvent#sequence} shows
   */
  public void subscribe(Consumer<ConferenceEvent> subscriber) {
    events.subscribe(subscriber);
  }

  /**
   * Asks for the events of one conference from a version on: each once, none left out, in order.
   *
   * @param room the conference; need not run
   * @param version of a {@link #view}, or of the last event that was seen; what happened after it
   *     is delivered first
   * @param capacity how many events may wait to be taken; at least 1
   * @return the events; close it when they are not wanted any more
   */
  public EventStream events(RoomId room, long version, int capacity) {
    return logs.begin(room, version, capacity);
  }

  /**
   * Returns a handle on a conference, whether there is one or not.
   *
   * @param account the account
   * @param conference its id, or an ad-hoc conference's name
   * @return the handle
   */
  public Conference conference(AccountId account, String conference) {
    return new Conference(new RoomId(account, conference), this);
  }

  /**
   * Finds a conference.
   *
   * @param account the account
   * @param conference its id, or an ad-hoc conference's name
   * @return the conference; empty if it is neither stored nor known to run
   * @throws dev.callflow.core.document.StoreUnavailableException if the documents cannot be read
   */
  public Optional<Conference> find(AccountId account, String conference) {
    RoomId room = new RoomId(account, conference);
    return rooms.ids().contains(room)
            || store.find(account, DocumentType.CONFERENCE, conference).isPresent()
        ? Optional.of(new Conference(room, this))
        : Optional.empty();
  }

  /**
   * Lists the conferences of an account that run, or in which somebody waits or is dialled.
   *
   * @param account the account
   * @return the conferences, stored or ad hoc
   */
  public List<Conference> running(AccountId account) {
    return rooms.ids().stream()
        .filter(room -> room.account().equals(account))
        .map(room -> new Conference(room, this))
        .toList();
  }

  ActionResult perform(RoomId room, ConferenceAction action) {
    return asked.perform(room, action, () -> actions.perform(room, action));
  }

  ActionResult perform(RoomId room, ConferenceAction action, String key) {
    return once.perform(room, key, action, () -> perform(room, action));
  }

  CompletableFuture<ActionResult> begin(RoomId room, ConferenceAction action, String key) {
    CompletableFuture<ActionResult> result = new CompletableFuture<>();
    time.start(
        "action-" + room,
        () -> {
          try {
            result.complete(perform(room, action, key));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /**
   * Does what an operator asks for in the words of the REST API; blocks as {@link
   * Conference#perform} does.
   *
   * @param request what
   * @return what he is answered
   */
  public ControlReply control(ControlRequest request) {
    return control.control(request);
  }

  /**
   * Shows a conference; blocks for at most five seconds.
   *
   * @param room the conference
   * @return how it is now; empty if nobody is in, waits or is being dialled
   */
  public Optional<RoomView> view(RoomId room) {
    return rooms.snapshot(room).map(this::view);
  }

  /**
   * Describes somebody who is in, by the keys that his events have.
   *
   * @param room the conference
   * @param member who, as a {@link #view} shows him
   * @return his ids, names, flags and the variables of his call; belongs to the caller
   */
  public ObjectNode describe(RoomId room, Member member) {
    return events.describe(room, member);
  }

  /**
   * Merges what a mixer is to be told about a room, where it asks by itself.
   *
   * @param room the conference; one that is not stored has what its account's configuration says
   * @return its profile
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public RoomProfile profile(RoomId room) {
    return profiles.of(room);
  }

  private RoomView view(RoomSnapshot sight) {
    long moderators = sight.members().stream().filter(it -> !it.ghost() && it.moderator()).count();
    long all = sight.members().stream().filter(it -> !it.ghost()).count();
    return new RoomView(
        sight.room(),
        sight.instance().isPresent(),
        sight.instance().orElse(""),
        mixer.focus(sight.room()),
        (int) (all - moderators),
        (int) moderators,
        sight.waiting(),
        sight.ringing(),
        sight.locked(),
        sight.recording(),
        Duration.between(sight.since(), time.now()),
        sight.members(),
        sight.variables(),
        sight.version());
  }

  private void note(RoomId room, Notice note) {
    rooms.note(room, note);
  }

  private record Listener(
      EventPublisher events,
      RoomDocuments documents,
      RoomSounds sounds,
      EventLogs logs,
      ConferenceMetrics metrics)
      implements RoomListener {

    @Override
    public void opening(RoomId room) {
      events.opening(room);
    }

    @Override
    public void onEvent(RoomEvent event) {
      events.onEvent(event);
      sounds.onEvent(event);
    }

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return documents.rules(room);
    }

    @Override
    public void closed(RoomId room) {
      documents.over(room);
      logs.over(room);
    }

    @Override
    public void seats(int change) {
      metrics.seats(change);
    }
  }
}
