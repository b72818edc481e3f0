package dev.callflow.core.call;

import java.util.Optional;

/** The result of looking up the media that a string names; see {@link MediaGuard}. */
public sealed interface FoundMedia {

  /**
   * The account may hear the media.
   *
   * @param medium the media to play
   */
  record Playable(Media medium) implements FoundMedia {}

  /**
   * The string is an id, but neither a media document of the account nor a prompt has this id.
   *
   * @param id the id
   */
  record Unknown(String id) implements FoundMedia {}

  /**
   * The media may not be played.
   *
   * @param why what is wrong and what is expected, as a predicate such as {@code "is not a valid
   *     tone"}; never contains the string
   */
  record Refused(String why) implements FoundMedia {}

  /**
   * Returns the media to play.
   *
   * @return the media; empty if it is unknown or refused
   */
  default Optional<Media> media() {
    return this instanceof Playable(Media medium) ? Optional.of(medium) : Optional.empty();
  }

  /**
   * Returns why the media is not played.
   *
   * @return a predicate such as {@code "is not the id of a media document of the account"}; empty
   *     if the media may be played
   */
  default Optional<String> problem() {
    return switch (this) {
      case Playable playable -> Optional.empty();
      case Unknown unknown -> Optional.of("is not the id of a media document of the account");
      case Refused(String why) -> Optional.of(why);
    };
  }
}
