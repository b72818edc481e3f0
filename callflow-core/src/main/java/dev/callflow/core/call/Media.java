package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.file.SoundFormat;

/**
 * Media to play, independent of where a switch stores it.
 *
 * <p>Only the adapter for a switch resolves it to a location. Strings from documents and requests
 * become media only through {@link MediaGuard}, which accepts only media that the account may hear.
 */
public sealed interface Media {

  /**
   * Returns the name that case files, events and logs use for this media.
   *
   * @return the prompt's name, {@code media:<id>} for stored media, or the string itself
   */
  String name();

  /**
   * A system prompt, such as {@code conf-welcome}.
   *
   * @param name the name: letters, digits, {@code -} and {@code _}
   * @param language the language to play it in, such as {@code en-us}; empty for the default
   */
  record Prompt(String name, String language) implements Media {

    /** Refuses a name that a switch could interpret as anything other than a prompt. */
    public Prompt {
      if (name.isEmpty() || !isPlain(name, 64) || !isPlain(language, 16)) {
        throw new IllegalArgumentException(
            "not a valid prompt name or language: " + name + " (" + language + ")");
      }
    }

    private static boolean isPlain(String text, int maxLength) {
      return text.length() <= maxLength
          && text.chars()
              .allMatch(c ->
                  c >= 'a' && c <= 'z'
                      || c >= 'A' && c <= 'Z'
                      || c >= '0' && c <= '9'
                      || c == '_'
                      || c == '-');
    }

    /**
     * Creates a prompt in the default language.
     *
     * @param name the prompt's name
     */
    public Prompt(String name) {
      this(name, "");
    }
  }

  /**
   * Media that a document of the account describes.
   *
   * @param id the media document's id
   * @param file the path or URL in the document, which {@link MediaGuard} has allowed; the id if
   *     the document has neither
   */
  record Stored(String id, String file) implements Media {
    @Override
    public String name() {
      return "media:" + id;
    }
  }

  /**
   * A file that was uploaded for a media document of an account.
   *
   * @param account the account: 1 to 128 letters, digits, {@code -} and {@code _}
   * @param id the media document's id, of the same characters
   * @param format the format of the file
   */
  record Uploaded(AccountId account, String id, SoundFormat format) implements Media {

    /** Refuses an account or id that could denote another file. */
    public Uploaded {
      if (!isFileName(account.value()) || !isFileName(id)) {
        throw new IllegalArgumentException(
            "the account and id of an uploaded file must consist of 1 to 128 letters, digits, '-'"
                + " or '_', but are "
                + account
                + " and "
                + id);
      }
    }

    /** Returns whether an account or id can be a part of the path of an uploaded file. */
    static boolean isFileName(String text) {
      return text.matches("[A-Za-z0-9_-]{1,128}");
    }

    @Override
    public String name() {
      return "media:" + id;
    }
  }

  /**
   * A file or stream that the switch plays as written.
   *
   * @param text {@code https://…}, {@code http://…}, {@code tone_stream://…}, {@code
   *     silence_stream://…}, {@code local_stream://…} or an absolute path; untrusted strings must
   *     have passed {@link MediaGuard}
   */
  record Stream(String text) implements Media {
    @Override
    public String name() {
      return text;
    }
  }

  /**
   * Several media items played as one, without a pause between them.
   *
   * @param parts at least one; none is itself a sequence
   */
  record Sequence(java.util.List<Media> parts) implements Media {

    /** Copies the parts. */
    public Sequence {
      parts = java.util.List.copyOf(parts);
      if (parts.isEmpty() || parts.stream().anyMatch(Sequence.class::isInstance)) {
        throw new IllegalArgumentException(
            "a sequence must have at least one part, and no part may be a sequence");
      }
    }

    @Override
    public String name() {
      return String.join("!", parts.stream().map(Media::name).toList());
    }
  }

  /**
   * A recording made by Callflow, such as a caller's spoken name.
   *
   * <p>Anyone who knows the name of a recording can play it, so logs and journals never contain it.
   *
   * @param recording the name of the recording: letters, digits, {@code -} and {@code _}
   */
  record Recording(String recording) implements Media {

    /** Refuses a name that could denote another file. */
    public Recording {
      if (!recording.matches("[A-Za-z0-9_-]{1,200}")) {
        throw new IllegalArgumentException(
            "the name of a recording must consist of 1 to 200 letters, digits, '-' or '_'");
      }
    }

    @Override
    public String name() {
      return "recording";
    }

    @Override
    public String toString() {
      return "Recording[]";
    }
  }

  /** The music on hold that is configured on the switch. */
  record HoldMusic() implements Media {
    @Override
    public String name() {
      return "hold_music";
    }
  }
}
