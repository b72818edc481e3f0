package dev.callflow.conference.schema;

import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.conference.document.RoomProfiles;
import dev.callflow.core.advice.Nearest;
import dev.callflow.core.document.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Examines the profile parameters of a conference. */
final class ProfileAdvice {

  /** The parameters of a profile that FreeSWITCH knows (docs/spec/mod-conference.md#profile). */
  private static final Set<String> OF_FREESWITCH =
      Set.of(
          "alone-sound",
          "announce-count",
          "auto-energy-level",
          "auto-energy-seconds",
          "auto-record",
          "bad-pin-sound",
          "blind-sound",
          "broadcast-chat-messages",
          "caller-controls",
          "caller-id-name",
          "caller-id-number",
          "cdr-event-mode",
          "cdr-log-dir",
          "channels",
          "comfort-noise",
          "conference-flags",
          "deaf-sound",
          "description",
          "domain",
          "endconf-grace-time",
          "energy-level",
          "enter-sound",
          "exit-sound",
          "heartbeat-period-sec",
          "interval",
          "is-locked-sound",
          "is-unlocked-sound",
          "ivr-dtmf-timeout",
          "ivr-input-timeout",
          "join-only-sound",
          "kicked-sound",
          "locked-sound",
          "max-energy-level",
          "max-members",
          "max-members-sound",
          "member-enter-sound",
          "member-flags",
          "min-required-recording-participants",
          "moderator-controls",
          "moderator-pin",
          "moh-sound",
          "mute-detect-sound",
          "muted-sound",
          "outcall-templ",
          "perpetual-sound",
          "pin",
          "pin-retries",
          "pin-sound",
          "rate",
          "recording-metadata",
          "sound-prefix",
          "suppress-events",
          "terminate-on-silence",
          "timer-name",
          "tts-engine",
          "tts-voice",
          "unblind-sound",
          "undeaf-sound",
          "unmuted-sound",
          "variables",
          "verbose-events");

  private final Advice advice;

  ProfileAdvice(Advice advice) {
    this.advice = advice;
  }

  void examine(String place, ObjectNode body) {
    profile(place, body);
    misspelt(place, body);
    onlyInXml(place, body);
  }

  /**
   * Warns about parameters that take effect only in a profile that FreeSWITCH loads itself, from a
   * file or over HTTP.
   */
  private void onlyInXml(String place, ObjectNode body) {
    if (!Json.text(body, "profile_name").orElse("").isEmpty() || body.path("profile").isString()) {
      return;
    }
    String why =
        "takes effect only if FreeSWITCH loads the profile that ConferenceConf writes; set"
            + " profile_name to that profile";
    if (body.has("domain")) {
      advice.warn(place + "/domain", why);
    }
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile.propertyNames().stream()
                .filter(key -> RoomProfiles.onlyInXml(key.replace('_', '-')))
                .forEach(key -> advice.warn(place + "/profile/" + Advice.escaped(key), why)));
  }

  /** Warns only of keys that are similar to a parameter: the list of parameters is not complete. */
  private void misspelt(String place, ObjectNode body) {
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile.propertyNames().stream()
                .filter(key -> !OF_FREESWITCH.contains(key.replace('_', '-')))
                .filter(key -> !Nearest.hint(key, OF_FREESWITCH).isEmpty())
                .limit(100)
                .forEach(key ->
                    advice.warn(
                        place + "/profile/" + Advice.escaped(key),
                        "unknown parameter" + Nearest.hint(key, OF_FREESWITCH))));
  }

  private void profile(String place, ObjectNode body) {
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile
                .propertyNames()
                .forEach(key ->
                    unused(key.replace('_', '-'), profile.path(key).asString(""))
                        .ifPresent(why ->
                            advice.warn(
                                place + "/profile/" + Advice.escaped(key), "is ignored: " + why))));
  }

  private static Optional<String> unused(String parameter, String value) {
    return switch (parameter) {
      case "pin", "moderator-pin" ->
          Optional.of(
              "the callflow asks for PINs; set member.pins or moderator.pins in the document");
      case "endconf-grace-time" ->
          Optional.of("set endconf_grace_time and require_moderator in the document");
      case "member-enter-sound" ->
          Optional.of("set play_entry_prompt of member or moderator in the document");
      case "suppress-events" -> Optional.of("Callflow needs all events to control a room");
      default ->
          ConferenceMedia.isSound(parameter)
                  || value.isEmpty()
                  || RoomProfiles.isPlain(parameter, value)
              ? Optional.empty()
              : Optional.of("only sounds may name files, and only files that the account may use");
    };
  }
}
