package dev.callflow.freeswitch;

import dev.callflow.conference.room.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
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
 * The names that rooms have in FreeSWITCH (design section 6).
 *
 * <p>{@code cf_} and 32 hexadecimal digits: safe in every command, and never another account's. The
 * way back is remembered for rooms that we entered, and read from the room's own variables for
 * others, such as those that outlived us.
 */
final class RoomNames {

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
        : room(
            name,
            event.header("callflow_account").orElse(""),
            event.header("callflow_conference").orElse(""));
  }

  /** The room of a name, by what its variables say; empty if it is not ours. */
  Optional<RoomId> room(String name, String account, String conference) {
    if (!name.startsWith("cf_") || account.isEmpty() || conference.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new RoomId(new AccountId(account), conference))
        .filter(room -> name(room).equals(name));
  }
}
