package dev.callflow.conference.document;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one level of configuration says about a tone (docs/spec/conference.md#tones). */
public sealed interface Tone {

  /** Nothing: the next level decides. */
  record Unset() implements Tone {}

  /** Silence. */
  record Off() implements Tone {}

  /** The nearest sound of the levels below. */
  record On() implements Tone {}

  /**
   * A sound.
   *
   * @param text a tone, a URL, a path, or a media id
   */
  record Sound(String text) implements Tone {}

  /**
   * Reads a value.
   *
   * @param value a boolean, or a text; {@code "true"} and {@code "false"} count as booleans, an
   *     empty text says nothing
   * @return what it says; nothing if it is of another type
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
