package dev.callflow.conference.bed;

import dev.callflow.conference.admission.Join;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.Invitation;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.sound.RoomSounds;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.SeatLease;
import dev.callflow.conference.visit.Seated;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A test bed with the account {@code acme}, its documents, a mixer, rooms and virtual time.
 *
 * <p>Code that waits must be run by {@link #run} or {@link #begin}, which use threads in virtual
 * time.
 */
public final class Bed implements AutoCloseable {

  public static final AccountId ACME = new AccountId("acme");

  /** The room of the conference with the id {@code room}. */
  public static final RoomId ROOM = new RoomId(ACME, "room");

  /** The room of the conference with the id {@code other}. */
  public static final RoomId OTHER = new RoomId(ACME, "other");

  /** The maximum virtual time that a task may take; more than any test needs. */
  private static final Duration LIMIT = Duration.ofDays(1);

  public final VirtualTime time = new VirtualTime();
  public final MemoryStore store = new MemoryStore(time).account(ACME, Json.object());
  public final ReadOnlyStore readOnly = new ReadOnlyStore(store);
  public final SmallMixer mixer = new SmallMixer(time);
  public final RecordingNames recordings = new RecordingNames(new Random(1));
  public final Rooms rooms;
  public final RoomSounds sounds = new RoomSounds(mixer, time);
  public final RoomDocuments roomDocuments = new RoomDocuments(readOnly);
  private final List<Notice> notices = new ArrayList<>();
  private final List<Consumer<RoomEvent>> listeners = new ArrayList<>();
  private boolean editable;
  private int seats;
  private int visitors;

  public Bed() {
    rooms =
        new Rooms(mixer, time, RoomOptions.of(Duration.ofMinutes(1)), recordings, new Listener());
  }

  private final class Listener implements RoomListener {
    @Override
    public void opening(RoomId room) {}

    @Override
    public void onEvent(RoomEvent event) {
      if (event instanceof RoomEvent.Noted noted) {
        notices.add(noted.note());
      }
      listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return roomDocuments.rules(room);
    }

    @Override
    public void closed(RoomId room) {
      roomDocuments.over(room);
    }

    @Override
    public void seats(int change) {
      seats += change;
    }
  }

  // ---- documents

  public static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  /** Stores the conference with the id {@code room}. */
  public Bed room(String json) {
    return conference("room", json);
  }

  public Bed conference(String id, String json) {
    return document(DocumentType.CONFERENCE, id, json);
  }

  public Bed document(DocumentType type, String id, String json) {
    store.put(ACME, type, id, json(json));
    return this;
  }

  /** Sets the account's conference configuration. */
  public Bed account(String json) {
    ObjectNode body = Json.object();
    body.putObject("config").set("conferences", json(json));
    store.account(ACME, body);
    return this;
  }

  /** Sets the system's conference configuration. */
  public Bed system(String json) {
    ObjectNode config = Json.object();
    config.set("conferences", json(json));
    store.system(config);
    return this;
  }

  /** Makes the store that the steps receive editable. */
  public Bed editable() {
    editable = true;
    return this;
  }

  /** Returns the store that the steps receive. */
  public DocumentStore documents() {
    return editable ? store : readOnly;
  }

  // ---- callers

  /** Creates a caller with a number that no other caller has. */
  public Visitor visitor(String id) {
    ScriptedLeg leg = new ScriptedLeg(id, time);
    mixer.attach(leg);
    return new Visitor(this, leg, "49305550" + ++visitors);
  }

  // ---- running code

  /** Runs a task on a thread in virtual time, and waits until the task is done. */
  public <T> T run(Supplier<T> task) {
    Running<T> running = begin(task);
    until(running);
    return running.result();
  }

  /** Runs a task on a thread in virtual time, and waits until the task is done. */
  public void run(Runnable task) {
    run(() -> {
      task.run();
      return true;
    });
  }

  /**
   * Starts a task on a thread in virtual time; returns when nothing is left to do at the current
   * instant.
   */
  public <T> Running<T> begin(Supplier<T> task) {
    Running<T> running = new Running<>("the task");
    time.start(
        "test",
        () -> {
          try {
            running.returned(task.get());
          } catch (RuntimeException e) {
            running.failed(e);
          }
        });
    passes(Duration.ZERO);
    return running;
  }

  /** Lets virtual time pass until a task is done, and returns its result. */
  public <T> T until(Running<T> running) {
    try {
      time.run(LIMIT, running::isDone);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return running.result();
  }

  /** Lets virtual time advance by a duration. */
  public void passes(Duration length) {
    try {
      time.run(time.elapsed().plus(length));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the remaining threads. */
  @Override
  public void close() {
    time.close();
  }

  // ---- the room

  /**
   * Takes a seat and enters the room, as the admission steps do; closing {@code held} releases the
   * seat.
   */
  public Presence enters(Guest guest, Held held) {
    return run(() -> {
      SeatLease seat = SeatLease.hold(rooms, guest.room(), guest.call().id(), held);
      Target target = guest.target();
      JoinDecision decision =
          rooms.join(
              guest.room(),
              new JoinRequest(
                  guest.call().id(),
                  guest.call().incoming().callerNumber(),
                  guest.moderator(),
                  false,
                  false,
                  RoomRules.of(target.conference(), target.profile()),
                  guest.call()::signal));
      if (!(decision instanceof JoinDecision.Seated)) {
        throw new AssertionError("the caller got no seat: " + decision);
      }
      Join join = new Join(mixer, rooms, sounds, ConferenceMetrics.NONE);
      return passed(join.enter(new Seated(guest, seat), Optional.empty(), held));
    });
  }

  public Presence enters(Guest guest) {
    return enters(guest, new Held());
  }

  public void tell(RoomId room, Consumer<RoomState> change) {
    rooms.tell(room, change);
    passes(Duration.ZERO);
  }

  /**
   * Moves a participant in the way an operator does: takes a seat in the other room, records the
   * reason in the first room, and kicks the participant from it.
   */
  public void moves(String call, RoomId from, RoomId to, Set<MemberFlag> flags) {
    CallId leg = new CallId(call);
    run(() -> {
      ConferenceDocument there = roomDocuments.find(to).orElseThrow();
      JoinDecision decision =
          rooms.invite(
              to,
              new Invitation(leg, "", false, false, false, false, roomDocuments.rules(to, there)));
      if (!(decision instanceof JoinDecision.Seated)
          || !rooms.ask(from, state -> state.moves(leg, new Move(to, flags))).orElse(false)) {
        throw new AssertionError(call + " cannot be moved");
      }
      mixer.apply(from, new MixerCommand.Kick(leg));
    });
    passes(Duration.ZERO);
  }

  /** Records in the room why a participant is about to leave. */
  public void departs(String call, LeaveReason reason) {
    tell(ROOM, state -> state.departs(new CallId(call), reason));
  }

  public Optional<RoomSnapshot> snapshot(RoomId room) {
    return run(() -> rooms.snapshot(room));
  }

  public Optional<Member> member(RoomId room, String call) {
    return run(() -> rooms.member(room, new CallId(call)));
  }

  /**
   * Returns the number of seats taken in all rooms, once everything that is pending at this instant
   * has happened.
   */
  public int seatsTaken() {
    passes(Duration.ZERO);
    return seats;
  }

  /** Returns the number of seats taken in all rooms right now. */
  public int seats() {
    return seats;
  }

  /** Returns the notices that rooms have published. */
  public List<Notice> notices() {
    passes(Duration.ZERO);
    return List.copyOf(notices);
  }

  public void onRoomEvent(Consumer<RoomEvent> listener) {
    listeners.add(listener);
  }

  /** Runs a module as the engine does, except that its waits do not get threads of their own. */
  public static Outcome runAsEngine(CallflowModule module, ModuleContext context) {
    Outcome outcome = module.run(context);
    while (outcome instanceof Outcome.LongWait(Duration timeout, Supplier<Outcome> rest)) {
      context.call().awaitEvent(timeout);
      outcome = rest.get();
    }
    return outcome;
  }

  // ---- results of steps

  /** Returns the value of a step that let the caller continue. */
  public static <T> T passed(Result<T> result) {
    return switch (result) {
      case Result.Passed<T>(T value) -> value;
      case Result.Refused<T>(Refusal refusal) ->
          throw new AssertionError("the step refused the caller: " + refusal);
    };
  }

  /** Returns the refusal from a step that refused the caller. */
  public static Refusal refused(Result<?> result) {
    if (result instanceof Result.Refused<?>(Refusal refusal)) {
      return refusal;
    }
    throw new AssertionError("the step did not refuse the caller: " + result);
  }

  /** Returns the names of the prompts that a refused caller hears. */
  public static List<String> prompts(Refusal refusal) {
    return refusal.prompts().stream().map(Media::name).toList();
  }
}
