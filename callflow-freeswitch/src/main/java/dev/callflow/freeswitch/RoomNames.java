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
 * The names that rooms have in FreeSWITCH (docs/spec/mod-conference.md#room-names).
 *
 * <p>{@code cf_} and 32 hexadecimal digits: safe in every command, and never another account's. The
 * way back is remembered for rooms that we entered, and read from the room's own variables for
 * others, such as those that outlived us. Ids are written percent-encoded there, so that any id can
 * be written.
 */
final class RoomNames {

  static final String ACCOUNT = "callflow_account";
  static final String CONFERENCE = "callflow_conference";

  /** Rooms that are remembered; enough for every room that is alive at one time. */
  private static final int MOST = 100_000;

  private final ReentrantLock lock = new ReentrantLock();

  /** The one that was not asked for the longest is forgotten first. */
  private final Map<String, RoomId> rooms =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RoomId> eldest) {
          return size() > MOST;
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

  /** By these variables of its own a room is known to those who have not entered it. */
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
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The room that an event is about; empty for rooms that are not ours. */
  Optional<RoomId> room(EslEvent event) {
    String name = event.header("Conference-Name").orElse("");
    RoomId known = known(name);
    return known != null
        ? Optional.of(known)
        : room(name, event.header(ACCOUNT).orElse(""), event.header(CONFERENCE).orElse(""));
  }

  /** The room of a name, by what its variables say; empty if it is not ours. */
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
