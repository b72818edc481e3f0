package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.room.JoinDecision.Why;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rooms of one mixer. Safe for use by any thread; every question waits for its room's thread,
 * for five seconds at most.
 */
public final class Rooms {

  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  private static final int MOST_TRIES = 3;

  private final Mixer mixer;
  private final RecordingNames recordings;
  private final TimeSource time;
  private final Duration answerTimeout;
  private final Surroundings around;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
  private final Set<RoomId> adopting = ConcurrentHashMap.newKeySet();

  /** What rooms are in: who watches them, and who knows their documents. */
  public interface Surroundings {

    /**
     * Something happened in a room. Told on the room's thread; must not block.
     *
     * @param news what
     */
    void news(RoomEvent news);

    /**
     * Says what the document of a room that is found running says about it; may block.
     *
     * @param room the room
     * @return its rules; empty if there is no document
     */
    Optional<JoinRequest.Rules> rules(RoomId room);

    /**
     * Nothing is left to know of a room; must not block.
     *
     * @param room the room
     */
    void over(RoomId room);

    /**
     * More or fewer seats are taken in some room; must not block.
     *
     * @param change by how many
     */
    void seats(int change);
  }

  /**
   * Makes the rooms and begins to listen to the mixer.
   *
   * @param mixer the mixer
   * @param time how to wait
   * @param answerTimeout how long a room's thread may take to answer
   * @param recordings what names recordings that begin by themselves
   * @param around what they are in
   */
  public Rooms(
      Mixer mixer,
      TimeSource time,
      Duration answerTimeout,
      RecordingNames recordings,
      Surroundings around) {
    this.mixer = mixer;
    this.recordings = recordings;
    this.time = time;
    this.answerTimeout = answerTimeout;
    this.around = around;
    mixer.listen(this::heard);
  }

  private void heard(MixerEvent event) {
    switch (event) {
      case MixerEvent.Created created -> tellOpen(created.room(), take(created));
      case MixerEvent.Added added -> tellOpen(added.room(), take(added));
      case MixerEvent.Removed removed -> tell(removed.room(), take(removed));
      case MixerEvent.Destroyed destroyed -> tell(destroyed.room(), take(destroyed));
      case MixerEvent.InRoom inRoom -> {
        if (rooms.containsKey(inRoom.room())) {
          tell(inRoom.room(), take(inRoom));
        } else {
          adopt(inRoom.room());
        }
      }
      case MixerEvent.Restarted(Optional<Set<RoomId>> lost) ->
          rooms.values().stream()
              .filter(room -> lost.map(all -> all.contains(room.id())).orElse(true))
              .forEach(room -> room.tell(book -> book.mixerIsGone()));
      case MixerEvent.LinkLost lost -> {}
      case MixerEvent.LinkRestored restored -> time.start("compare-all", this::compareAll);
    }
  }

  private Consumer<RoomState> take(MixerEvent.InRoom event) {
    return book -> book.take(event);
  }

  /** What happened while the link was down will never be told. */
  private void compareAll() {
    rooms.values().forEach(room -> time.start("compare-" + room.id(), room::lookTwice));
    switch (mixer.rooms()) {
      case RoomsReply.Listed(Set<RoomId> all) ->
          all.stream().filter(id -> !rooms.containsKey(id)).forEach(this::adopt);
      case RoomsReply.NoAnswer(String why) -> LOG.warn("rooms cannot be listed: {}", why);
    }
  }

  /** Takes over a room that runs though nothing is known of it: an earlier process had it. */
  private void adopt(RoomId id) {
    if (adopting.add(id)) {
      time.start(
          "adopt-" + id,
          () -> {
            try {
              SnapshotReply shown = mixer.snapshot(id);
              if (shown instanceof SnapshotReply.Shown) {
                LOG.info("room {} is running already and is taken over", id);
                Optional<JoinRequest.Rules> found = around.rules(id);
                tellOpen(id, book -> book.adopt(shown, found.orElse(null)));
              }
            } finally {
              adopting.remove(id);
            }
          });
    }
  }

  /**
   * Asks a room for a seat.
   *
   * @param id the room
   * @param request the caller
   * @return the room's decision
   */
  public JoinDecision join(RoomId id, JoinRequest request) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Room room = room(id);
      Optional<JoinDecision> reply = room.ask(book -> book.knock(request));
      if (reply.isPresent()) {
        return reply.get();
      }
      forgetIfClosed(room);
    }
    return new JoinDecision.Refused(Why.UNAVAILABLE);
  }

  /**
   * Takes a seat for somebody whom an operator wants in.
   *
   * @param id the room
   * @param invitation who
   * @return whether there is a seat; he must give it back by {@link #leave}
   */
  public JoinDecision invite(RoomId id, Invitation invitation) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Room room = room(id);
      Optional<JoinDecision> reply = room.ask(book -> book.invite(invitation));
      if (reply.isPresent()) {
        return reply.get();
      }
      forgetIfClosed(room);
    }
    return new JoinDecision.Refused(Why.UNAVAILABLE);
  }

  /**
   * Tells a room that a caller with a seat is in.
   *
   * @param id the room
   * @param call the call
   */
  public void entered(RoomId id, CallId call) {
    tell(id, book -> book.entered(call));
  }

  /**
   * Gives back a caller's seat, or his place outside.
   *
   * @param id the room
   * @param call the call
   */
  public void leave(RoomId id, CallId call) {
    tell(id, book -> book.leave(call));
  }

  /**
   * Tells a room why somebody is about to leave; the first reason counts.
   *
   * @param id the room
   * @param call the call
   * @param why why
   */
  public void departs(RoomId id, CallId call, LeaveReason why) {
    tell(id, book -> book.departs(call, why));
  }

  /**
   * Asks why somebody is leaving.
   *
   * @param id the room
   * @param call the call
   * @return why, if that is known
   */
  public Optional<LeaveReason> departure(RoomId id, CallId call) {
    return ask(id, book -> book.departure(call)).flatMap(Function.identity());
  }

  /**
   * Tells a room that a member is about to be led to another one.
   *
   * @param id the room
   * @param call the member
   * @param move where he goes
   * @return whether a thread of ours has his leg, so that he can be
   */
  public boolean moves(RoomId id, CallId call, Move move) {
    return ask(id, book -> book.moves(call, move)).orElse(false);
  }

  /**
   * Tells a room that a member stays, though it was told that he goes.
   *
   * @param id the room
   * @param call the member
   */
  public void stays(RoomId id, CallId call) {
    tell(id, book -> book.stays(call));
  }

  /**
   * Asks where a member goes who is moved.
   *
   * @param id the room that he leaves
   * @param call the member
   * @return where he goes; empty if he is not moved
   */
  public Optional<Move> next(RoomId id, CallId call) {
    return ask(id, book -> book.next(call)).flatMap(Function.identity());
  }

  /**
   * Stops dialling somebody.
   *
   * @param id the room
   * @param call the leg that is being dialled
   * @return whether it was
   */
  public boolean cancel(RoomId id, CallId call) {
    return ask(id, book -> book.cancel(call)).orElse(false);
  }

  /**
   * Makes a member a moderator, or takes that from him.
   *
   * @param id the room
   * @param call the member
   * @param moderator whether he shall be one
   * @return whether he is in
   */
  public boolean role(RoomId id, CallId call, boolean moderator) {
    return ask(id, book -> book.role(call, moderator)).orElse(false);
  }

  /**
   * Sets how many seats a running room has, whatever its document says.
   *
   * @param id the room
   * @param most how many; 0 for no limit
   */
  public void limit(RoomId id, int most) {
    tell(id, book -> book.limit(most));
  }

  /**
   * Remembers a room's variables, as long as it lives.
   *
   * @param id the room
   * @param variables values by name; an empty value unsets
   */
  public void variables(RoomId id, Map<String, String> variables) {
    tell(id, book -> book.variables(variables));
  }

  /**
   * Tells those who watch a room something that the mixer does not know of.
   *
   * @param id the room; need not run
   * @param note what
   */
  public void note(RoomId id, Notice note) {
    Room room = rooms.get(id);
    if (room == null || !room.tell(book -> book.note(note))) {
      around.news(new RoomEvent.Noted(id, note, "", time.now().toEpochMilli() * 1000));
    }
  }

  /**
   * Begins to wait for a state of a room.
   *
   * @param id the room
   * @param awaited the state
   * @return by which to wait; must be given to {@link #forget} at last. Empty if nothing is known
   *     of the room
   */
  public Optional<PendingCondition> expect(RoomId id, Condition awaited) {
    PendingCondition expectation = new PendingCondition(id, awaited, time.inbox(1));
    return ask(
        id,
        book -> {
          book.expect(expectation);
          return expectation;
        });
  }

  /**
   * Stops waiting.
   *
   * @param expectation what was waited for
   */
  public void forget(PendingCondition expectation) {
    tell(expectation.room(), book -> book.forget(expectation));
  }

  /**
   * Compares a room with the mixer now; blocks for some seconds at most.
   *
   * @param id the room
   */
  public void compare(RoomId id) {
    Room room = rooms.get(id);
    if (room != null) {
      room.lookTwice();
    }
  }

  /**
   * Lets a caller number in no more, as long as the room lives.
   *
   * @param id the room
   * @param number the number
   */
  public void ban(RoomId id, String number) {
    tell(id, book -> book.ban(number));
  }

  /**
   * Lifts a ban.
   *
   * @param id the room
   * @param number the number
   */
  public void unban(RoomId id, String number) {
    tell(id, book -> book.unban(number));
  }

  /**
   * Puts everybody out; each leaves because the room has ended.
   *
   * @param id the room
   */
  public void end(RoomId id) {
    tell(id, RoomState::end);
  }

  /**
   * Shows a room.
   *
   * @param id the room
   * @return the room as it is now; empty if nothing is known of it
   */
  public Optional<RoomSnapshot> sight(RoomId id) {
    return ask(id, book -> book.sight());
  }

  /**
   * Shows a member.
   *
   * @param id the room
   * @param call its leg
   * @return the member as it is now; empty if it is not in
   */
  public Optional<Member> member(RoomId id, CallId call) {
    return ask(id, book -> book.member(call)).flatMap(Function.identity());
  }

  /**
   * Lists the rooms that something is known of.
   *
   * @return their ids
   */
  public List<RoomId> ids() {
    return List.copyOf(rooms.keySet());
  }

  private void tellOpen(RoomId id, Consumer<RoomState> what) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Room room = room(id);
      if (room.tell(what)) {
        return;
      }
      forgetIfClosed(room);
    }
  }

  /**
   * Has a room do something on its own thread, soon; does nothing if nothing is known of the room.
   *
   * @param id the room
   * @param what what to do; must not block
   */
  public void tell(RoomId id, Consumer<RoomState> what) {
    Room room = rooms.get(id);
    if (room != null) {
      room.tell(what);
    }
  }

  /**
   * Asks a room something, on its own thread.
   *
   * @param id the room
   * @param question must not block, nor return anything that the room changes later
   * @return the answer; empty if nothing is known of the room, it does not answer in time, or the
   *     answer is null
   */
  public <T> Optional<T> ask(RoomId id, Function<RoomState, T> question) {
    return Optional.ofNullable(rooms.get(id)).flatMap(room -> room.ask(question));
  }

  /** A room that has just ended refuses; the next one of that name does not. */
  private void forgetIfClosed(Room room) {
    if (room.isClosed()) {
      rooms.remove(room.id(), room);
    }
  }

  private Room room(RoomId id) {
    return rooms.computeIfAbsent(
        id,
        missing -> {
          Room room =
              new Room(
                  missing,
                  mixer,
                  recordings,
                  time,
                  answerTimeout,
                  around,
                  late -> over(missing, late));
          room.start();
          return room;
        });
  }

  private void over(RoomId id, List<Consumer<RoomState>> late) {
    if (rooms.computeIfPresent(id, (name, room) -> room.isClosed() ? null : room) == null) {
      around.over(id);
    }
    late.forEach(question -> tellOpen(id, question));
  }
}
