package dev.callflow.conference.schema;

import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.conference.document.RoomProfiles;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Looks at the parameters of a conference's profile. */
final class ProfileAdvice {

  private final Advice advice;

  ProfileAdvice(Advice advice) {
    this.advice = advice;
  }

  void look(String place, ObjectNode body) {
    profile(place, body);
    onlyInXml(place, body);
  }

  /** What only a switch that reads profiles of its own can do: from its files, or over HTTP. */
  private void onlyInXml(String place, ObjectNode body) {
    if (!Json.text(body, "profile_name").orElse("").isEmpty() || body.path("profile").isString()) {
      return;
    }
    String why =
        "takes effect only where FreeSWITCH reads the profile as ConferenceConf writes it; name that"
            + " one in profile_name";
    if (body.has("domain")) {
      advice.warn(place + "/domain", why);
    }
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile.propertyNames().stream()
                .filter(key -> RoomProfiles.onlyInXml(key.replace('_', '-')))
                .forEach(key -> advice.warn(place + "/profile/" + Advice.escaped(key), why)));
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
                                place + "/profile/" + Advice.escaped(key),
                                "is not used: " + why))));
  }

  private static Optional<String> unused(String parameter, String value) {
    return switch (parameter) {
      case "pin", "moderator-pin" ->
          Optional.of("PINs are asked for by the callflow, see member.pins");
      case "endconf-grace-time" ->
          Optional.of("say endconf_grace_time in the document, with require_moderator");
      case "member-enter-sound" ->
          Optional.of("say play_entry_prompt of member or moderator in the document");
      case "suppress-events" -> Optional.of("rooms are controlled by their events");
      default ->
          ConferenceMedia.isSound(parameter)
                  || value.isEmpty()
                  || RoomProfiles.isPlain(parameter, value)
              ? Optional.empty()
              : Optional.of("only sounds may name a file, and only what the account may hear");
    };
  }
}
