package dev.callflow.conference.event;

import dev.callflow.conference.mixer.RoomId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened in a conference, as it is published.
 *
 * <p>Immutable, and safe for use by any thread.
 */
public final class ConferenceEvent {

  private final RoomId room;
  private final EventType type;
  private final long version;
  private final long sequence;
  private final Supplier<ObjectNode> source;
  private volatile @Nullable ObjectNode payload;

  /**
   * Makes an event.
   *
   * @param room the conference
   * @param type which event it is
   * @param version the conference's version after it
   * @param sequence its place among the conference's events
   * @param source makes the payload when somebody asks for it; called at most a few times
   */
  public ConferenceEvent(
      RoomId room, EventType type, long version, long sequence, Supplier<ObjectNode> source) {
    this.room = room;
    this.type = type;
    this.version = version;
    this.sequence = sequence;
    this.source = source;
  }

  /**
   * Returns the conference.
   *
   * @return account and id
   */
  public RoomId room() {
    return room;
  }

  /**
   * Returns which event it is.
   *
   * @return the type
   */
  public EventType type() {
    return type;
  }

  /**
   * Returns the event's name.
   *
   * @return for instance {@code add-member}
   */
  public String event() {
    return type.key();
  }

  /**
   * Returns the version that the conference has reached with it.
   *
   * @return above those of all events before it, also in earlier instances of the conference
   */
  public long version() {
    return version;
  }

  /**
   * Returns the event's place among the published events of the conference.
   *
   * @return one more than that of the event before it; begins at 1 when nothing is remembered of
   *     the conference
   */
  public long sequence() {
    return sequence;
  }

  /**
   * Returns Kazoo's keys, flat and nested: {@code event}, {@code conference_id}, {@code
   * instance_id}, {@code account_id}, {@code call_id}, {@code participant_id}, {@code
   * caller_id_name}, {@code is_moderator}, {@code speak}, {@code hear} and so on; and {@code
   * version} and {@code sequence}.
   *
   * @return the payload; must not be changed
   */
  public ObjectNode payload() {
    ObjectNode made = payload;
    if (made == null) {
      // Made when it is asked for: most events of a busy switch are read by nobody.
      made = source.get();
      made.put("version", version);
      made.put("sequence", sequence);
      payload = made;
    }
    return made;
  }

  @Override
  public String toString() {
    return type.key() + " of " + room + " (" + version + ")";
  }
}
