package dev.callflow.freeswitch.sound;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.esl.message.EslEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * Decides which sound a room hears when a member has left. The sound is played by a command, and
 * FreeSWITCH itself is given none: it would open the sound even while it shuts down, which takes 10
 * to 20 seconds, because the thread that unloads modules holds the lock that opening a file needs.
 *
 * <p>Keeps at most two sounds for each member. Safe for use by any thread.
 */
public final class ExitSounds {

  /**
   * The channel variable with the member's exit sound, for a host that adopts the member. Documents
   * cannot set it, since its name has no prefix that is allowed for them.
   */
  public static final String VARIABLE = "cf_exit_sound";

  private static final int MAX_STARTING = 1_000;

  private static final String SHUTDOWN = "SYSTEM_SHUTDOWN";

  /**
   * The sounds of legs that have been sent to a room. They are apart from the sounds of members,
   * because a leg can be sent to its next room before the event that it has left the last one.
   */
  private final Map<CallId, Media> entering = new ConcurrentHashMap<>();

  private final Map<CallId, Media> members = new ConcurrentHashMap<>();

  /** The sounds that are about to start. */
  private final Queue<Start> starting = new LinkedBlockingQueue<>(MAX_STARTING);

  private record Start(RoomId room, String file) {}

  private volatile boolean shuttingDown;

  /** Starts without any members. */
  public ExitSounds() {}

  /**
   * Stores the sound of a leg that is about to enter a room.
   *
   * @param leg the leg
   * @param sound the sound; empty for silence
   */
  public void entering(CallId leg, Optional<Media> sound) {
    sound.ifPresentOrElse(it -> entering.put(leg, it), () -> entering.remove(leg));
  }

  /**
   * Forgets the sound of a leg that has ended, unless the leg has entered a room: the event that it
   * has left the room can come later.
   *
   * @param leg the leg
   */
  public void ended(CallId leg) {
    entering.remove(leg);
  }

  /**
   * Stores the sound of a member whom an earlier process put into their room.
   *
   * @param member the member
   * @param channel the data of the member's channel
   */
  public void adopted(CallId member, EslEvent channel) {
    channel
        .variable(VARIABLE)
        .filter(sound -> !sound.isEmpty())
        .ifPresent(sound -> members.put(member, new Media.Stream(sound)));
  }

  /**
   * Handles an event of the control connection.
   *
   * @param event the event
   * @return the sound to play to the room that the event names; empty unless a member has left it,
   *     others remain, and FreeSWITCH is not shutting down
   */
  public Optional<Media> event(EslEvent event) {
    if (event.is("SHUTDOWN")) {
      shuttingDown = true;
    }
    Optional<CallId> member = event.uuid().filter(uuid -> !uuid.isEmpty()).map(CallId::new);
    return switch (event.header("Action").orElse("")) {
      case "add-member" -> {
        member.ifPresent(this::entered);
        yield Optional.empty();
      }
      case "del-member" -> {
        if (event.header("Hangup-Cause").filter(SHUTDOWN::equals).isPresent()) {
          shuttingDown = true;
        }
        boolean othersRemain = event.header("Conference-Size").filter("0"::equals).isEmpty();
        yield member.flatMap(this::left).filter(sound -> othersRemain && !shuttingDown);
      }
      default -> Optional.empty();
    };
  }

  private void entered(CallId member) {
    Media sound = entering.remove(member);
    if (sound != null) {
      members.put(member, sound);
    }
  }

  private Optional<Media> left(CallId member) {
    return Optional.ofNullable(members.remove(member));
  }

  /**
   * Called before an exit sound is played.
   *
   * @param room the room
   * @param file the file
   */
  public void starting(RoomId room, String file) {
    starting.offer(new Start(room, file));
  }

  /**
   * Called when a room begins to play a file, or refuses to.
   *
   * @param room the room
   * @param file the file
   * @return whether it is an exit sound; nobody is interested in the start of one
   */
  public boolean started(RoomId room, String file) {
    return starting.remove(new Start(room, file));
  }

  /**
   * Returns whether FreeSWITCH is shutting down, so that nothing may be played.
   *
   * @return whether it is shutting down
   */
  public boolean isShuttingDown() {
    return shuttingDown;
  }

  /**
   * Handles a new control connection: forgets the members who have left since the last one.
   *
   * @param isHere returns whether a leg is still there
   */
  public void connected(Predicate<CallId> isHere) {
    shuttingDown = false;
    starting.clear();
    members.keySet().removeIf(member -> !isHere.test(member));
    entering.keySet().removeIf(leg -> !isHere.test(leg));
  }
}
