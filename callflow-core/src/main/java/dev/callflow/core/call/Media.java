package dev.callflow.core.call;

/**
 * Something to be heard, by what it is and not yet by where it lies.
 *
 * <p>Adapters turn it into what their switch plays; nothing else may. Texts from documents and
 * requests become media through {@link MediaGuard} only, which lets through what the account may
 * hear.
 */
public sealed interface Media {

  /**
   * Returns the name by which case files, events and logs call this medium.
   *
   * @return a prompt's name, {@code media:<id>} for a stored medium, else the text itself
   */
  String name();

  /**
   * A prompt of the system, such as {@code conf-welcome}.
   *
   * @param name letters, digits, {@code -} and {@code _}
   * @param language the language to play it in, such as {@code en-us}; empty for the default
   */
  record Prompt(String name, String language) implements Media {

    /** Refuses a name that could mean anything but a prompt. */
    public Prompt {
      if (name.isEmpty() || !isPlain(name, 64) || !isPlain(language, 16)) {
        throw new IllegalArgumentException("not a prompt: " + name + " (" + language + ")");
      }
    }

    private static boolean isPlain(String text, int longest) {
      return text.length() <= longest
          && text.chars()
              .allMatch(c ->
                  c >= 'a' && c <= 'z'
                      || c >= 'A' && c <= 'Z'
                      || c >= '0' && c <= '9'
                      || c == '_'
                      || c == '-');
    }

    /**
     * Makes a prompt in the default language.
     *
     * @param name the prompt's name
     */
    public Prompt(String name) {
      this(name, "");
    }
  }

  /**
   * A medium that the account has stored.
   *
   * @param id the media document's id
   * @param file where the switch finds it: a path or URL from the document that {@link MediaGuard}
   *     has allowed, or the id where the document names none
   */
  record Stored(String id, String file) implements Media {
    @Override
    public String name() {
      return "media:" + id;
    }
  }

  /**
   * A file or stream that is played as its text says.
   *
   * @param text {@code https://…}, {@code http://…}, {@code tone_stream://…}, {@code
   *     silence_stream://…}, {@code local_stream://…} or an absolute path; from outside only what
   *     {@link MediaGuard} has allowed
   */
  record Stream(String text) implements Media {
    @Override
    public String name() {
      return text;
    }
  }

  /**
   * Several media, one directly after the other, as one.
   *
   * @param parts at least one, none of them a sequence
   */
  record Sequence(java.util.List<Media> parts) implements Media {

    /** Copies the parts. */
    public Sequence {
      parts = java.util.List.copyOf(parts);
      if (parts.isEmpty() || parts.stream().anyMatch(Sequence.class::isInstance)) {
        throw new IllegalArgumentException("a sequence has parts, and none is a sequence");
      }
    }

    @Override
    public String name() {
      return String.join("!", parts.stream().map(Media::name).toList());
    }
  }

  /**
   * Something that Callflow has recorded, such as a name that a caller has said.
   *
   * <p>Everybody who knows the name of a recording can hear it: it is in no log and no journal.
   *
   * @param recording the name it was recorded under: letters, digits, {@code -} and {@code _}
   */
  record Recording(String recording) implements Media {

    /** Refuses a name that could mean another file. */
    public Recording {
      if (!recording.matches("[A-Za-z0-9_-]{1,200}")) {
        throw new IllegalArgumentException("not the name of a recording");
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

  /** The music that the switch plays to somebody on hold, whatever it is configured to be. */
  record HoldMusic() implements Media {
    @Override
    public String name() {
      return "hold_music";
    }
  }
}
