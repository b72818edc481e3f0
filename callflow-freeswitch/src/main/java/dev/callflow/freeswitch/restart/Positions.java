package dev.callflow.freeswitch.restart;

import dev.callflow.core.call.Position;
import dev.callflow.core.call.Position.Place;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs the positions of calls, and recognises them (docs/security.md#positions).
 *
 * <p>A position is valid for one connection of one channel, during one run of FreeSWITCH, and until
 * it expires. Safe for use by any thread.
 */
public final class Positions {

  /** The channel variable that contains the position. */
  public static final String VARIABLE = "callflow_position";

  private static final String PURPOSE = "position";

  /** Longer than nearly every conference; a restarted host renews the positions of its members. */
  private static final Duration LIFETIME = Duration.ofHours(24);

  private static final int MAX_USED = 100_000;
  private static final int MAX_LENGTH = 16_384;
  private static final int SERIAL_BYTES = 12;

  private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

  private final PositionKey key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();

  /** The serial numbers of positions that have been used; the oldest are forgotten first. */
  private final Map<String, Instant> used =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_USED || eldest.getValue().isBefore(clock.instant());
        }
      };

  /**
   * A position that has been used.
   *
   * @param serial the serial number by which it can be {@link #release released}
   * @param position the position
   */
  public record Used(String serial, Position position) {}

  /** A position whose signature is valid. */
  private record Signed(String serial, Instant expires, Position position) {}

  /**
   * Starts without any used positions.
   *
   * @param key the key that signs positions
   * @param clock the clock that decides when they expire
   */
  public Positions(PositionKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Signs the position of a channel's call.
   *
   * @param uuid the channel's uuid
   * @param coreUuid the {@code Core-UUID} of the current run of FreeSWITCH
   * @param position the position
   * @return the signed position, which consists of letters, digits, {@code -}, {@code _} and a dot
   */
  public String sign(String uuid, String coreUuid, Position position) {
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    ObjectNode text =
        Json.object()
            .put("uuid", uuid)
            .put("core", coreUuid)
            .put("serial", HexFormat.of().formatHex(serial))
            .put("expires", clock.instant().plus(LIFETIME).getEpochSecond())
            .put("account", position.account().value())
            .put("number", position.number());
    text.set("node", write(position.node()));
    ArrayNode saved = text.putArray("saved");
    position.saved().forEach(place -> saved.add(write(place)));
    ObjectNode step = text.putObject("step");
    position.step().forEach(step::put);
    return key.sign(PURPOSE, text.toString());
  }

  /**
   * Reads a position without using it up.
   *
   * @param uuid the uuid of the channel that presents it
   * @param coreUuid the {@code Core-UUID} of the current run of FreeSWITCH
   * @param text the signed position
   * @return the position; empty if it is not valid
   */
  public Optional<Position> read(String uuid, String coreUuid, String text) {
    return valid(uuid, coreUuid, text).map(Signed::position);
  }

  /**
   * Reads a position and uses it up, so that it is no longer valid.
   *
   * @param uuid the uuid of the channel that presents it
   * @param coreUuid the {@code Core-UUID} of the current run of FreeSWITCH
   * @param text the signed position
   * @return the position; empty if it is not valid
   */
  public Optional<Used> use(String uuid, String coreUuid, String text) {
    Optional<Signed> signed = valid(uuid, coreUuid, text);
    if (signed.isEmpty()) {
      LOG.warn("call {}: its {} is forged, expired or already used", uuid, VARIABLE);
    }
    return signed.filter(this::isFirstUse).map(it -> new Used(it.serial(), it.position()));
  }

  /**
   * Makes a used position valid again. Called when the connection has ended before the channel got
   * its next position, so that the channel can come back only with the used one.
   *
   * @param serial the serial number of the position
   */
  public void release(String serial) {
    lock.lock();
    try {
      used.remove(serial);
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirstUse(Signed signed) {
    lock.lock();
    try {
      return used.putIfAbsent(signed.serial(), signed.expires()) == null;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Signed> valid(String uuid, String coreUuid, String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return key.verified(PURPOSE, text)
          .<JsonNode>map(Json::read)
          .filter(it -> it.path("uuid").asString("").equals(uuid))
          .filter(it -> it.path("core").asString("").equals(coreUuid))
          .map(Positions::signed)
          .filter(signed -> clock.instant().isBefore(signed.expires()))
          .filter(signed -> !isUsed(signed));
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  private boolean isUsed(Signed signed) {
    lock.lock();
    try {
      return used.containsKey(signed.serial());
    } finally {
      lock.unlock();
    }
  }

  private static Signed signed(JsonNode text) {
    List<Place> saved = new ArrayList<>();
    text.path("saved").values().forEach(place -> saved.add(place(place)));
    Map<String, String> step = new HashMap<>();
    text.path("step").properties().forEach(it -> step.put(it.getKey(), it.getValue().asString("")));
    return new Signed(
        text.path("serial").asString(""),
        Instant.ofEpochSecond(text.path("expires").asLong(0)),
        new Position(
            new AccountId(text.path("account").asString("")),
            text.path("number").asString(""),
            place(text.path("node")),
            saved,
            step));
  }

  private static ArrayNode write(Place place) {
    return Json.object().putArray("place").add(place.callflow()).add(place.path());
  }

  private static Place place(JsonNode text) {
    return new Place(text.path(0).asString(""), text.path(1).asString(""));
  }
}
