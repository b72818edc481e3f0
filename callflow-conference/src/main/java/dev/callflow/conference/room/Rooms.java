package dev.callflow.conference.room;

import dev.callflow.conference.room.DoorReply.Why;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All rooms of one mixer. Safe for use by any thread; every question waits for its room's thread,
 * for five seconds at most.
 */
public final class Rooms {

  private static final int MOST_TRIES = 3;

  private final Mixer mixer;
  private final TimeSource time;
  private final Consumer<RoomNews> news;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();

  /**
   * Makes the rooms and begins to listen to the mixer.
   *
   * @param mixer the mixer
   * @param time how to wait
   * @param news is told everything, on the thread of the room concerned; must not block
   */
  public Rooms(Mixer mixer, TimeSource time, Consumer<RoomNews> news) {
    this.mixer = mixer;
    this.time = time;
    this.news = news;
    mixer.listen(this::heard);
  }

  private void heard(MixerEvent event) {
    switch (event) {
      case MixerEvent.Created created -> tell(created.room(), take(created));
      case MixerEvent.Added added -> tell(added.room(), take(added));
      case MixerEvent.InRoom inRoom -> tellKnown(inRoom.room(), take(inRoom));
      case MixerEvent.Restarted restarted ->
          rooms.values().forEach(room -> room.tell(book -> book.mixerIsGone(time.now())));
      case MixerEvent.LinkLost lost -> {}
      case MixerEvent.LinkRestored restored ->
          rooms.values().forEach(room -> time.start("compare-" + room.id(), () -> compare(room)));
    }
  }

  private Consumer<RoomBook> take(MixerEvent.InRoom event) {
    return book -> book.take(event, time.now());
  }

  private void compare(Room room) {
    SnapshotReply shown = mixer.snapshot(room.id());
    room.tell(book -> book.compare(shown, time.now()));
  }

  /**
   * Knocks at a room's door.
   *
   * @param id the room
   * @param knock who knocks
   * @return what the door answers
   */
  public DoorReply knock(RoomId id, Knock knock) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Room room = room(id);
      Optional<DoorReply> reply = room.ask(book -> book.knock(knock));
      if (reply.isPresent()) {
        return reply.get();
      }
      forgetIfClosed(room);
    }
    return new DoorReply.Refused(Why.UNAVAILABLE);
  }

  /**
   * Tells a room that a caller with a seat is in.
   *
   * @param id the room
   * @param call the call
   */
  public void entered(RoomId id, CallId call) {
    tellKnown(id, book -> book.entered(call, time.now()));
  }

  /**
   * Gives back a caller's seat, or his place outside.
   *
   * @param id the room
   * @param call the call
   */
  public void leave(RoomId id, CallId call) {
    tellKnown(id, book -> book.leave(call, time.now()));
  }

  /**
   * Tells a room why somebody is about to leave; the first reason counts.
   *
   * @param id the room
   * @param call the call
   * @param why why
   */
  public void departs(RoomId id, CallId call, Departure why) {
    tellKnown(id, book -> book.departs(call, why));
  }

  /**
   * Asks why somebody is leaving.
   *
   * @param id the room
   * @param call the call
   * @return why, if that is known
   */
  public Optional<Departure> departure(RoomId id, CallId call) {
    return askKnown(id, book -> book.departure(call)).flatMap(Function.identity());
  }

  /**
   * Lets a caller number in no more, as long as the room lives.
   *
   * @param id the room
   * @param number the number
   */
  public void ban(RoomId id, String number) {
    tellKnown(id, book -> book.ban(number));
  }

  /**
   * Lifts a ban.
   *
   * @param id the room
   * @param number the number
   */
  public void unban(RoomId id, String number) {
    tellKnown(id, book -> book.unban(number));
  }

  /**
   * Puts everybody out; each leaves because the room has ended.
   *
   * @param id the room
   */
  public void end(RoomId id) {
    tellKnown(id, RoomBook::end);
  }

  /**
   * Shows a room.
   *
   * @param id the room
   * @return the room as it is now; empty if nothing is known of it
   */
  public Optional<RoomSight> sight(RoomId id) {
    return askKnown(id, book -> book.sight(time.now()));
  }

  /**
   * Shows a member.
   *
   * @param id the room
   * @param call its leg
   * @return the member as it is now; empty if it is not in
   */
  public Optional<Member> member(RoomId id, CallId call) {
    return askKnown(id, book -> book.member(call)).flatMap(Function.identity());
  }

  /**
   * Lists the rooms that something is known of.
   *
   * @return their ids
   */
  public List<RoomId> ids() {
    return List.copyOf(rooms.keySet());
  }

  /**
   * Makes a name for a recording of a room.
   *
   * @param id the room
   * @return a name that no other recording has
   */
  public String recordingName(RoomId id) {
    return room(id).recordingName();
  }

  private void tell(RoomId id, Consumer<RoomBook> what) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Room room = room(id);
      if (room.tell(what)) {
        return;
      }
      forgetIfClosed(room);
    }
  }

  private void tellKnown(RoomId id, Consumer<RoomBook> what) {
    Room room = rooms.get(id);
    if (room != null) {
      room.tell(what);
    }
  }

  private <T> Optional<T> askKnown(RoomId id, Function<RoomBook, T> question) {
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
          Room room = new Room(missing, mixer, time, news, late -> over(missing, late));
          room.start();
          return room;
        });
  }

  private void over(RoomId id, List<Consumer<RoomBook>> late) {
    rooms.computeIfPresent(id, (name, room) -> room.isClosed() ? null : room);
    late.forEach(question -> tell(id, question));
  }
}
