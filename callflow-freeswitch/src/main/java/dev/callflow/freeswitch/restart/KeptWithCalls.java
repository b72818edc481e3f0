package dev.callflow.freeswitch.restart;

import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.esl.error.EslException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Keeps settings of conferences with the channels of callers, in a signed channel variable
 * (docs/security.md#positions). They are valid for one channel, during one run of FreeSWITCH, and
 * until they expire. Safe for use by any thread.
 */
public final class KeptWithCalls {

  private static final Logger LOG = LoggerFactory.getLogger(KeptWithCalls.class);

  /** The channel variable that contains the settings. */
  public static final String VARIABLE = "callflow_settings";

  /** The text that is signed with the settings, so that a position does not pass for them. */
  private static final String PURPOSE = "settings";

  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final int MAX_LENGTH = 65_536;

  private final TakeBack.Control control;
  private final PositionKey key;
  private final InstantSource clock;
  private final Predicate<String> isUuid;

  /** The calls whose channels have settings from this process. */
  private final Set<CallId> holders = ConcurrentHashMap.newKeySet();

  /**
   * Starts without any settings.
   *
   * @param control runs commands over the control connection
   * @param key the key that signs the settings
   * @param clock the clock that decides when they expire
   * @param isUuid returns whether a channel's uuid can be written in a command
   */
  public KeptWithCalls(
      TakeBack.Control control, PositionKey key, InstantSource clock, Predicate<String> isUuid) {
    this.control = control;
    this.key = key;
    this.clock = clock;
    this.isUuid = isUuid;
  }

  /**
   * Keeps settings with a call; blocks until FreeSWITCH has answered.
   *
   * @param call the call
   * @param coreUuid the {@code Core-UUID} of the current run of FreeSWITCH
   * @param room the room of the conference
   * @param settings the settings as text; empty to remove those that this process has kept
   * @return FreeSWITCH's reply
   */
  public MixerReply keep(CallId call, String coreUuid, RoomId room, String settings) {
    if (settings.isEmpty() ? !holders.remove(call) : !isUuid.test(call.value())) {
      return new MixerReply.Done();
    }
    String value = settings.isEmpty() ? "" : sign(call, coreUuid, room, settings);
    if (value.length() > MAX_LENGTH) {
      return new MixerReply.Refused("the settings are too long for a channel variable");
    }
    if (!settings.isEmpty()) {
      holders.add(call);
    }
    try {
      String answer = control.run("uuid_setvar", call.value() + " " + VARIABLE + " " + value);
      if (answer.startsWith("+OK")) {
        return new MixerReply.Done();
      }
      if (answer.startsWith("-ERR No such channel")) {
        holders.remove(call);
        return new MixerReply.NotThere();
      }
      return new MixerReply.Refused(answer.strip());
    } catch (EslException e) {
      LOG.warn("call {}: no answer when storing settings; they may be stored", call, e);
      return new MixerReply.Unknown("no answer");
    }
  }

  /**
   * Called when a call has ended.
   *
   * @param call the call
   */
  public void gone(CallId call) {
    holders.remove(call);
  }

  /**
   * Reads the settings of all channels; blocks until FreeSWITCH has answered.
   *
   * @param coreUuid the {@code Core-UUID} of the current run of FreeSWITCH
   * @return the settings of each channel that has valid ones
   * @throws EslException if there is no answer
   */
  public List<KeptReply.Kept> read(String coreUuid) {
    List<KeptReply.Kept> all = new ArrayList<>();
    for (ListedChannel channel : ListedChannel.listed(control.run("show", "channels as json"))) {
      if (isUuid.test(channel.uuid())) {
        CallId call = new CallId(channel.uuid());
        String value = control.run("uuid_getvar", channel.uuid() + " " + VARIABLE).strip();
        read(call, coreUuid, value)
            .ifPresent(kept -> {
              holders.add(call);
              all.add(kept);
            });
      }
    }
    return all;
  }

  private String sign(CallId call, String coreUuid, RoomId room, String settings) {
    return key.sign(
        PURPOSE,
        Json.object()
            .put("uuid", call.value())
            .put("core", coreUuid)
            .put("expires", clock.instant().plus(LIFETIME).getEpochSecond())
            .put("account", room.account().value())
            .put("conference", room.conference())
            .put("settings", settings)
            .toString());
  }

  private Optional<KeptReply.Kept> read(CallId call, String coreUuid, String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return key.verified(PURPOSE, value)
          .<JsonNode>map(Json::read)
          .filter(it -> it.path("uuid").asString("").equals(call.value()))
          .filter(it -> it.path("core").asString("").equals(coreUuid))
          .filter(
              it -> clock.instant().isBefore(Instant.ofEpochSecond(it.path("expires").asLong(0))))
          .map(it ->
              new KeptReply.Kept(
                  call,
                  new RoomId(
                      new AccountId(it.path("account").asString("")),
                      it.path("conference").asString("")),
                  it.path("settings").asString("")));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
