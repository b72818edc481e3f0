package dev.callflow.freeswitch;

import dev.callflow.core.call.Media;
import java.util.Map;
import java.util.Optional;

/** Chooses the files and streams that FreeSWITCH plays for media. */
final class SoundFiles {

  /**
   * Replacements for the prompts that FreeSWITCH's sound packages lack: sounds from these packages
   * that mean something similar. Without them, refused callers would hear nothing.
   */
  private static final Map<String, String> FALLBACKS =
      Map.of(
          "conf-bad_pin", "conference/conf-bad-pin.wav",
          "conf-bad_conf", "ivr/ivr-that_was_an_invalid_entry.wav",
          "conf-too_many_attempts", "voicemail/vm-abort.wav",
          "conf-max_participants", "conference/conf-conference_is_full.wav",
          "conf-denied", "ivr/ivr-access_denied.wav",
          "conf-no_moderator", "ivr/ivr-call_attempt_aborted.wav",
          "conf-unavailable", "ivr/ivr-call_attempt_aborted.wav",
          "conf-announce_your_name", "ivr/ivr-say_name.wav",
          "conf-review", "ivr/ivr-if_correct_one_if_not_two.wav");

  private final FreeSwitchOptions options;

  SoundFiles(FreeSwitchOptions options) {
    this.options = options;
  }

  /**
   * Returns the tone of a leg that has none: silence if the profile has a tone that must not be
   * played, and otherwise nothing.
   */
  String noTone() {
    return options.profileHasTones() ? "silence_stream://1" : "";
  }

  String file(Media media) {
    return switch (media) {
      case Media.Prompt(String name, String language) -> prompt(name, language);
      case Media.Stored stored -> stored.file();
      case Media.Uploaded uploaded -> uploaded(uploaded);
      case Media.Stream(String text) -> text;
      case Media.Recording(String name) -> recording(name);
      case Media.HoldMusic music -> options.holdMusic();
      case Media.Sequence sequence ->
          "file_string://" + String.join("!", sequence.parts().stream().map(this::file).toList());
    };
  }

  private String uploaded(Media.Uploaded media) {
    return options
        .uploadUrls()
        .map(urls -> "http_cache://" + urls.apply(media))
        .orElseGet(() ->
            options.uploads()
                + "/"
                + media.account()
                + "/"
                + media.id()
                + "."
                + media.format().extension());
  }

  private String prompt(String name, String language) {
    return below(options.prompts().getOrDefault(name, packaged(name)), language);
  }

  /** Returns the file to play if the media's own file is missing; empty if there is none. */
  Optional<String> fallback(Media media) {
    return media instanceof Media.Prompt(String name, String language)
            && !options.prompts().containsKey(name)
        ? Optional.ofNullable(FALLBACKS.get(name)).map(file -> below(file, language))
        : Optional.empty();
  }

  private String below(String file, String language) {
    String prefix = options.soundPrefixes().get(language);
    return prefix == null || file.startsWith("/") ? file : prefix + "/" + file;
  }

  /** Returns the path of a prompt in FreeSWITCH's sound packages. */
  private static String packaged(String name) {
    return name.startsWith("digits-")
        ? "digits/" + name.substring("digits-".length()) + ".wav"
        : "conference/" + name + ".wav";
  }

  String recording(String name) {
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw new IllegalArgumentException(
          "a recording name must have 1 to 200 characters (letters, digits, '-', '_'), but is "
              + name);
    }
    return options.recordings() + "/" + name + ".wav";
  }
}
