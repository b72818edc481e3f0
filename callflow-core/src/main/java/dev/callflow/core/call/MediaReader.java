package dev.callflow.core.call;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the media that an account's documents name during one call.
 *
 * <p>A medium that may not be played counts as missing; the log says so once for each place that
 * names it, and never repeats the text, which may hold a password. Owned by the call's thread.
 */
public final class MediaReader {

  private static final Logger LOG = LoggerFactory.getLogger(MediaReader.class);

  static final String PROMPT_SCHEME = "prompt://";

  /** A callflow that has more places with bad media has said enough. */
  private static final int MAX_REPORTED = 100;

  private final BiFunction<String, String, FoundMedia> guard;
  private final Set<String> reported = new HashSet<>();

  /**
   * @param guard finds the medium of a text in a language, if the account may hear it
   */
  MediaReader(BiFunction<String, String, FoundMedia> guard) {
    this.guard = guard;
  }

  /**
   * Reads a medium.
   *
   * @param place where the text stands, for the log: a JSON pointer or a field's name
   * @param text what names the medium
   * @param language the language of prompts; empty for the switch's
   * @return the medium; empty if it may not be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public Optional<Media> read(String place, String text, String language) {
    return checked(place, guard.apply(text, language));
  }

  /**
   * Reads music, which is never a prompt.
   *
   * @param place where the text stands, for the log
   * @param text what names the music
   * @return the music; empty if it may not be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public Optional<Media> readMusic(String place, String text) {
    FoundMedia found = guard.apply(text, "");
    boolean prompt =
        found.media().filter(Media.Prompt.class::isInstance).isPresent()
            && !text.startsWith(PROMPT_SCHEME);
    return checked(place, prompt ? new FoundMedia.Unknown(text) : found);
  }

  private Optional<Media> checked(String place, FoundMedia found) {
    found
        .problem()
        .filter(why -> reported.size() < MAX_REPORTED && reported.add(place))
        .ifPresent(why -> LOG.warn("{}: is not played: {}", place, why));
    return found.media();
  }
}
