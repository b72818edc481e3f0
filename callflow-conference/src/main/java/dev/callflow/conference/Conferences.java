package dev.callflow.conference;

import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.RoomProfile;
import dev.callflow.conference.room.RoomSight;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The conference element and the rooms behind it.
 *
 * <p>Safe for use by any thread.
 */
public final class Conferences {

  private final Rooms rooms;
  private final Events events;
  private final Control control;
  private final RoomProfiles profiles;
  private final TimeSource time;
  private final List<CallflowModule> modules;

  private Conferences(Builder builder) {
    time = builder.time;
    Callers callers = new Callers();
    events = new Events(builder.store, callers);
    RoomSounds sounds = new RoomSounds(builder.mixer, time);
    rooms =
        new Rooms(
            builder.mixer,
            time,
            news -> {
              events.news(news);
              sounds.news(news);
            });
    control = new Control(builder.store, builder.mixer, rooms);
    profiles = new RoomProfiles(builder.store);
    PinThrottle throttle = new PinThrottle(time, events::pinAttack);
    Admission admission =
        new Admission(
            List.of(
                new FindRoom(builder.mixer),
                new Welcome(),
                new AskForNumber(),
                new RoleAndPin(throttle),
                new Door(rooms),
                new SpokenName(),
                new Join(builder.mixer, rooms, sounds)),
            new InRoom(builder.mixer, rooms, new KeyActions(builder.mixer, rooms, events)),
            rooms,
            sounds,
            events,
            callers,
            builder.observers);
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

    private Builder(DocumentStore store, Mixer mixer, TimeSource time) {
      this.store = store;
      this.mixer = mixer;
      this.time = time;
    }

    /**
     * Adds somebody who is told how each visit ended.
     *
     * @param observer who
     * @return this builder
     */
    public Builder observer(ConferenceObserver observer) {
      observers.add(observer);
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
   * Asks to be told what happens in all conferences.
   *
   * @param subscriber gets the events of each room in order, on a thread of ours; must not block
   */
  public void subscribe(Consumer<ConferenceEvent> subscriber) {
    events.subscribe(subscriber);
  }

  /**
   * Does what an operator asks for; blocks for at most five seconds per participant concerned.
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
   * @return how it is now; empty if nobody is in and nobody waits
   */
  public Optional<RoomView> view(RoomId room) {
    return rooms.sight(room).map(this::view);
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

  private RoomView view(RoomSight sight) {
    long moderators = sight.members().stream().filter(it -> !it.ghost() && it.moderator()).count();
    long all = sight.members().stream().filter(it -> !it.ghost()).count();
    return new RoomView(
        sight.room(),
        sight.instance().isPresent(),
        sight.instance().orElse(""),
        (int) (all - moderators),
        (int) moderators,
        sight.waiting(),
        sight.locked(),
        Duration.between(sight.since(), time.now()),
        sight.members(),
        sight.version());
  }
}
