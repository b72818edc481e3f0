package dev.callflow.core.call;

import dev.callflow.core.time.OneLine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the media that an account's documents name; one instance serves one call.
 *
 * <p>Media that may not be played counts as missing. It is logged once for each place that names
 * it. The log never contains the string, which may include a password. Owned by the call's thread.
 */
public final class MediaReader {

  private static final Logger LOG = LoggerFactory.getLogger(MediaReader.class);

  static final String PROMPT_SCHEME = "prompt://";

  /** The maximum number of places with unplayable media that are logged for one call. */
  private static final int MAX_REPORTED = 100;

  private final BiFunction<String, String, FoundMedia> guard;
  private final Set<String> reported = new HashSet<>();

  /**
   * @param guard looks up media by string and language
   */
  MediaReader(BiFunction<String, String, FoundMedia> guard) {
    this.guard = guard;
  }

  /**
   * Looks up media.
   *
   * @param place where the string is, for the log: a JSON pointer or the name of a property
   * @param text the string that names the media
   * @param language the language of prompts; empty for the switch's default
   * @return the media; empty if it may not be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public Optional<Media> read(String place, String text, String language) {
    return checked(place, guard.apply(text, language));
  }

  /**
   * Looks up music. The bare name of a prompt does not count as music.
   *
   * @param place where the string is, for the log
   * @param text the string that names the music
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
        .ifPresent(why ->
            LOG.warn("{}: media not played, because it {}", OneLine.of(place), OneLine.of(why)));
    return found.media();
  }
}
