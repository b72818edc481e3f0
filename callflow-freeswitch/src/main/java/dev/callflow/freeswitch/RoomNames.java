package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Maps rooms to their names in FreeSWITCH and back (docs/spec/mod-conference.md#room-names).
 *
 * <p>A name consists of {@code cf_} and 32 hexadecimal digits. It is safe in every command, and
 * rooms of different accounts never have the same name. Rooms that were named by this object are
 * remembered. Other rooms, such as those of an earlier process, are identified by their variables.
 * Ids in these variables are percent-encoded, since an id may contain any character.
 */
final class RoomNames {

  static final String ACCOUNT = "callflow_account";
  static final String CONFERENCE = "callflow_conference";

  /** The maximum number of rooms to remember, which is more than can run at the same time. */
  private static final int MAX_ROOMS = 100_000;

  private final ReentrantLock lock = new ReentrantLock();

  /**
   * The remembered rooms by name, in order of access, so that the least recently used room is
   * removed first.
   */
  private final Map<String, RoomId> rooms =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RoomId> eldest) {
          return size() > MAX_ROOMS;
        }
      };

  String name(RoomId room) {
    String name = "cf_" + digest(room.account().value() + '\0' + room.conference());
    lock.lock();
    try {
      rooms.put(name, room);
    } finally {
      lock.unlock();
    }
    return name;
  }

  private @Nullable RoomId known(String name) {
    lock.lock();
    try {
      return rooms.get(name);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the variables that identify a room to a process that did not create it. */
  static Map<String, String> variables(RoomId room) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(ACCOUNT, URLEncoder.encode(room.account().value(), StandardCharsets.UTF_8));
    variables.put(CONFERENCE, URLEncoder.encode(room.conference(), StandardCharsets.UTF_8));
    return variables;
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform does not support SHA-256", e);
    }
  }

  /** Returns the room that an event is about; empty if the room is not ours. */
  Optional<RoomId> room(EslEvent event) {
    String name = event.header("Conference-Name").orElse("");
    RoomId known = known(name);
    return known != null
        ? Optional.of(known)
        : room(name, event.header(ACCOUNT).orElse(""), event.header(CONFERENCE).orElse(""));
  }

  /**
   * Returns the room with the given name, as identified by its variables; empty if the room is not
   * ours.
   */
  Optional<RoomId> room(String name, String account, String conference) {
    if (!name.startsWith("cf_") || account.isEmpty() || conference.isEmpty()) {
      return Optional.empty();
    }
    try {
      RoomId room =
          new RoomId(
              new AccountId(URLDecoder.decode(account, StandardCharsets.UTF_8)),
              URLDecoder.decode(conference, StandardCharsets.UTF_8));
      return Optional.of(room).filter(it -> name(it).equals(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
