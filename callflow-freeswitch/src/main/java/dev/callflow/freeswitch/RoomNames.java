package dev.callflow.freeswitch;

import dev.callflow.conference.room.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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

  private final Map<String, RoomId> rooms = new ConcurrentHashMap<>();

  String name(RoomId room) {
    String name = "cf_" + digest(room.account().value() + '\0' + room.conference());
    if (rooms.size() < MOST) {
      rooms.putIfAbsent(name, room);
    }
    return name;
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
    RoomId known = rooms.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!name.startsWith("cf_")) {
      return Optional.empty();
    }
    return event
        .header("callflow_account")
        .filter(account -> !account.isEmpty())
        .flatMap(account ->
            event
                .header("callflow_conference")
                .filter(conference -> !conference.isEmpty())
                .map(conference -> new RoomId(new AccountId(account), conference)))
        .filter(room -> name(room).equals(name));
  }

  void forget(RoomId room) {
    rooms.remove(name(room));
  }
}
