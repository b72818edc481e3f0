package dev.callflow.conference.document;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The setting of a tone at one level of the configuration (docs/spec/conference.md#tones). */
public sealed interface Tone {

  /** Not set; the next lower level decides. */
  record Unset() implements Tone {}

  /** Silence. */
  record Off() implements Tone {}

  /** The sound of the nearest lower level that has one. */
  record On() implements Tone {}

  /**
   * A sound.
   *
   * @param text a tone, a URL, a path or a media id
   */
  record Sound(String text) implements Tone {}

  /**
   * Reads a value.
   *
   * @param value a boolean or a string; {@code "true"} and {@code "false"} count as booleans
   * @return the setting; {@link Unset} for an empty string and for other types
   */
  static Tone of(@Nullable JsonNode value) {
    if (value != null && value.isBoolean()) {
      return value.booleanValue() ? new On() : new Off();
    }
    if (value == null || !value.isString()) {
      return new Unset();
    }
    return switch (value.asString()) {
      case "" -> new Unset();
      case "true" -> new On();
      case "false" -> new Off();
      default -> new Sound(value.asString());
    };
  }
}
