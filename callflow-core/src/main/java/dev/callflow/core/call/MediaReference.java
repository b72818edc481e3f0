package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.Optional;

/**
 * Turns the text by which a document names a medium into the medium.
 *
 * <p>Only what is safe to give to a switch gets through: FreeSWITCH plays whatever it has a format
 * for, and among them are shell commands.
 */
public final class MediaReference {

  private MediaReference() {}

  /**
   * Reads a reference.
   *
   * @param text a media document's id; a path or URL; a tone such as {@code %(200,0,500)}; or
   *     {@code prompt://account/name/language}
   * @param account whose media documents are meant
   * @param store where they are
   * @return the medium, or empty if the text is none that may be played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public static Optional<Media> read(String text, AccountId account, DocumentStore store) {
    if (!isSafe(text)) {
      return Optional.empty();
    }
    if (text.matches("(https?|tone_stream|silence_stream|local_stream)://.+")) {
      return Optional.of(new Media.Stream(text));
    }
    if (text.startsWith("prompt://")) {
      return prompt(text);
    }
    if (text.contains("%(")) {
      return Optional.of(new Media.Stream("tone_stream://" + text));
    }
    if (text.startsWith("/") && !text.startsWith("//")) {
      return Optional.of(new Media.Stream(text));
    }
    if (text.contains("/") || text.contains(":")) {
      return Optional.empty();
    }
    return Optional.of(new Media.Stored(text, file(text, account, store)));
  }

  private static Optional<Media> prompt(String text) {
    String[] parts = text.substring("prompt://".length()).split("/", -1);
    if (parts.length != 3 || !parts[1].matches("[A-Za-z0-9_-]{1,64}")) {
      return Optional.empty();
    }
    String language = parts[2].matches("[A-Za-z0-9_-]{0,16}") ? parts[2] : "";
    return Optional.of(new Media.Prompt(parts[1], language));
  }

  /**
   * A media document says where its file is; one that does not is known to the switch by its id.
   */
  private static String file(String id, AccountId account, DocumentStore store) {
    return store
        .find(account, DocumentType.MEDIA, id)
        .flatMap(document ->
            Json.text(document.body(), "path")
                .or(() -> Json.text(document.body(), "url"))
                .or(() -> Json.text(document.body(), "source_url")))
        .filter(MediaReference::isFile)
        .orElse(id);
  }

  private static boolean isFile(String text) {
    return isSafe(text) && (!text.contains(":") || text.matches("https?://.+"));
  }

  private static boolean isSafe(String text) {
    return !text.isEmpty()
        && text.length() <= 2048
        && text.chars().noneMatch(c -> c < ' ' || c == 0x7f)
        && text.indexOf('\'') < 0
        && text.indexOf('"') < 0
        && text.indexOf('\\') < 0
        && text.indexOf('$') < 0
        && text.indexOf('!') < 0
        && text.indexOf('{') < 0
        && text.indexOf('}') < 0
        && !text.startsWith("[")
        && !text.contains("..");
  }
}
