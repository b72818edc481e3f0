package dev.callflow.core.call;

import java.util.Optional;

/** What {@link MediaGuard} says about a text that names a medium. */
public sealed interface FoundMedia {

  /**
   * The account may hear it.
   *
   * @param medium what to play
   */
  record Playable(Media medium) implements FoundMedia {}

  /**
   * It is written as an id, but the account has no such medium, and no prompt is called so.
   *
   * @param id the id
   */
  record Unknown(String id) implements FoundMedia {}

  /**
   * It may not be played.
   *
   * @param why what is wrong and what is expected, as the end of a sentence; never repeats the text
   */
  record Refused(String why) implements FoundMedia {}

  /**
   * Returns what to play.
   *
   * @return the medium; empty if it is unknown or refused
   */
  default Optional<Media> media() {
    return this instanceof Playable(Media medium) ? Optional.of(medium) : Optional.empty();
  }

  /**
   * Says why nothing is played.
   *
   * @return the end of a sentence, such as {@code "is the id of no medium of the account"}; empty
   *     if it may be played
   */
  default Optional<String> problem() {
    return switch (this) {
      case Playable playable -> Optional.empty();
      case Unknown unknown -> Optional.of("is the id of no medium of the account");
      case Refused(String why) -> Optional.of(why);
    };
  }
}
