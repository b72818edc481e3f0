package dev.callflow.conference.event;

import dev.callflow.conference.mixer.RoomId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that a conference publishes.
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
   * Creates an event.
   *
   * @param room the conference
   * @param type the type of the event
   * @param version the conference's version after the event
   * @param sequence the sequence number of the event within the conference
   * @param source creates the payload when it is first needed; may run more than once if several
   *     threads read the payload at the same time
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
   * @return the account and the id
   */
  public RoomId room() {
    return room;
  }

  /**
   * Returns the type of the event.
   *
   * @return the type
   */
  public EventType type() {
    return type;
  }

  /**
   * Returns the event's name.
   *
   * @return the name, for instance {@code add-member}
   */
  public String event() {
    return type.key();
  }

  /**
   * Returns the version of the conference after this event.
   *
   * @return the version; higher than that of all earlier events, including those of earlier
   *     instances of the conference
   */
  public long version() {
    return version;
  }

  /**
   * Returns the sequence number of the event among the published events of the conference.
   *
   * @return the sequence number: one more than that of the previous event, or 1 if no earlier
   *     events of the conference are remembered
   */
  public long sequence() {
    return sequence;
  }

  /**
   * Returns the payload with Kazoo's property names, flat and nested: {@code event}, {@code
   * conference_id}, {@code instance_id}, {@code account_id}, {@code call_id}, {@code
   * participant_id}, {@code caller_id_name}, {@code is_moderator}, {@code speak}, {@code hear} and
   * so on. It also has {@code version} and {@code sequence}.
   *
   * @return the payload; must not be changed
   */
  public ObjectNode payload() {
    ObjectNode created = payload;
    if (created == null) {
      // Created on first use, because on a busy switch most payloads are never read.
      created = source.get();
      created.put("version", version);
      created.put("sequence", sequence);
      payload = created;
    }
    return created;
  }

  @Override
  public String toString() {
    return type.key() + " of " + room + " (" + version + ")";
  }
}
