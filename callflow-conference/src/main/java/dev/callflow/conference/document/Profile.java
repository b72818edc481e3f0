package dev.callflow.conference.document;

import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReader;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mixer's parameters for one room, merged from several layers
 * (docs/spec/mod-conference.md#profile).
 *
 * <p>From the lowest to the highest priority: the built-in values; the system's and the account's
 * {@code profiles.default}; the system's and the account's default profiles for the conference's
 * language; the profile configured under the conference's {@code base_profile_name}; the one under
 * its {@code profile_name}; the document's own {@code profile}; and the fields of the document that
 * correspond to a parameter. Unknown keys are kept. Immutable.
 */
public final class Profile {

  private static final Map<String, String> BUILT_IN =
      Map.ofEntries(
          Map.entry("alone-sound", "conf-alone"),
          Map.entry("caller-controls", "default"),
          Map.entry("comfort-noise", "1000"),
          Map.entry("deaf-sound", "conf-deaf"),
          Map.entry("energy-level", "20"),
          Map.entry("interval", "20"),
          Map.entry("moderator-controls", "default"),
          Map.entry("moh-sound", "$${hold_music}"),
          Map.entry("muted-sound", "conf-muted"),
          Map.entry("rate", "48000"),
          Map.entry("undeaf-sound", "conf-undeaf"),
          Map.entry("unmuted-sound", "conf-unmuted"));

  private static final Map<String, String> PAGE =
      Map.of(
          "alone-sound", "silence_stream://1",
          "caller-controls", "paging",
          "comfort-noise", "1000",
          "energy-level", "20",
          "enter-sound", "silence_stream://1",
          "exit-sound", "silence_stream://1",
          "interval", "20",
          "moderator-controls", "paging",
          "moh-sound", "silence_stream://1",
          "rate", "8000");

  /** The profile of conferences for which nothing is configured. */
  private static final Profile STANDARD = new Profile(Map.of(), Set.of());

  private final Map<String, String> parameters;
  private final Set<String> explicit;
  private final Set<String> chosen;

  private Profile(Map<String, String> explicit, Set<String> chosen) {
    Map<String, String> all = new TreeMap<>(BUILT_IN);
    all.putAll(explicit);
    this.parameters = Collections.unmodifiableMap(all);
    this.explicit = Set.copyOf(explicit.keySet());
    this.chosen = Set.copyOf(chosen);
  }

  /**
   * Returns the merged profile of a conference.
   *
   * @param conference the conference
   * @param settings the account's and the system's configuration
   * @return the profile
   */
  public static Profile of(ConferenceDocument conference, LayeredSettings settings) {
    Map<String, String> all = new TreeMap<>();
    configured(settings, "default", conference.prompts().language())
        .forEach(layer -> put(layer, all));
    Map<String, String> own = new TreeMap<>();
    for (String name :
        List.of(conference.mixing().baseProfileName(), conference.mixing().profileName())) {
      if (name.equals("page")) {
        own.putAll(PAGE);
      }
      if (!name.isEmpty()) {
        configured(settings, name, conference.prompts().language())
            .forEach(layer -> put(layer, own));
      }
    }
    Json.object(conference.body(), "profile").ifPresent(layer -> put(layer, own));
    field(conference.body(), "caller_controls", "caller-controls", own);
    field(conference.body(), "moderator_controls", "moderator-controls", own);
    field(conference.body(), "max_members_media", "max-members-sound", own);
    if (!conference.mixing().domain().isEmpty()) {
      own.put("domain", conference.mixing().domain());
    }
    conference.seating().limit().ifPresent(limit -> own.put("max-members", String.valueOf(limit)));
    all.putAll(own);
    return all.isEmpty() ? STANDARD : new Profile(all, own.keySet());
  }

  private static List<ObjectNode> configured(
      LayeredSettings settings, String name, String language) {
    List<ObjectNode> layers = new ArrayList<>();
    for (String of : language.isEmpty() ? List.of("") : List.of("", language)) {
      for (ObjectNode section : List.of(settings.system(), settings.account())) {
        Optional<ObjectNode> profiles = Json.object(section, "profiles");
        (of.isEmpty() ? profiles : profiles.flatMap(all -> Json.object(all, of)))
            .flatMap(all -> Json.object(all, name))
            .ifPresent(layers::add);
      }
    }
    return layers;
  }

  private static void put(ObjectNode layer, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> entry : layer.properties()) {
      String key = entry.getKey().replace('_', '-');
      JsonNode value = entry.getValue();
      if (key.matches("[A-Za-z0-9-]{1,64}")
          && (value.isString() || value.isNumber() || value.isBoolean())) {
        into.put(key, value.asString());
      }
    }
  }

  private static void field(ObjectNode body, String key, String as, Map<String, String> into) {
    Json.text(body, key).ifPresent(text -> into.put(as, text));
  }

  /**
   * Returns all parameters, including the built-in ones.
   *
   * @return the values by name, with FreeSWITCH's hyphenated names in alphabetical order
   */
  public Map<String, String> parameters() {
    return parameters;
  }

  /**
   * Returns a parameter.
   *
   * @param key the name of the parameter
   * @return the value; empty if it is not set or is an empty string
   */
  public Optional<String> text(String key) {
    return Optional.ofNullable(parameters.get(key)).filter(text -> !text.isEmpty());
  }

  /**
   * Returns a parameter that the conference itself sets, either in its document or in the profiles
   * that the document names.
   *
   * @param key the name of the parameter
   * @return the value; empty if it comes only from the configuration shared by all conferences
   */
  public Optional<String> chosen(String key) {
    return text(key).filter(text -> chosen.contains(key));
  }

  /**
   * Returns a numeric parameter if it is configured. Built-in values are ignored because they are
   * the mixer's defaults.
   *
   * @param key the name of the parameter
   * @param minimum the lowest valid value
   * @param maximum the highest valid value
   * @return the number; empty if it is not configured or out of range
   */
  public OptionalInt integer(String key, int minimum, int maximum) {
    return text(key)
        .filter(text -> explicit.contains(key) && text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .filter(number -> number >= minimum && number <= maximum)
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /**
   * Returns whether the profile requests automatic recording with a parameter that older documents
   * use.
   *
   * @return true if {@code auto-record} is set to {@code true}
   */
  public boolean autoRecord() {
    return text("auto-record").filter("true"::equals).isPresent();
  }

  /**
   * Returns a sound.
   *
   * @param key the name of the parameter, for instance {@code alone-sound}
   * @param media resolves media that the account may use
   * @param language the language of prompts; empty for the switch's default
   * @return the sound; empty if there is none, if it is silence, or if the media may not be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot be read
   */
  public Optional<Media> sound(String key, MediaReader media, String language) {
    Optional<String> text = text(key).filter(it -> !it.startsWith("silence_stream://"));
    if (text.filter("$${hold_music}"::equals).isPresent()) {
      return Optional.of(new Media.HoldMusic());
    }
    String place = "profile." + key;
    return text.flatMap(it ->
        key.equals("moh-sound") ? media.readMusic(place, it) : media.read(place, it, language));
  }
}
