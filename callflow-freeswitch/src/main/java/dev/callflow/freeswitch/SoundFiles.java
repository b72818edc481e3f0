package dev.callflow.freeswitch;

import dev.callflow.core.call.Media;

/** Says what FreeSWITCH plays for a medium. */
final class SoundFiles {

  private final FreeSwitchOptions options;

  SoundFiles(FreeSwitchOptions options) {
    this.options = options;
  }

  String file(Media media) {
    return switch (media) {
      case Media.Prompt(String name, String language) -> prompt(name, language);
      case Media.Stored stored -> stored.file();
      case Media.Stream(String text) -> text;
      case Media.HoldMusic music -> options.holdMusic();
      case Media.Sequence sequence ->
          "file_string://" + String.join("!", sequence.parts().stream().map(this::file).toList());
    };
  }

  private String prompt(String name, String language) {
    String file = options.prompts().getOrDefault(name, "conference/" + name + ".wav");
    String prefix = options.soundPrefixes().get(language);
    return prefix == null || file.startsWith("/") ? file : prefix + "/" + file;
  }

  String recording(String name) {
    if (!name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw new IllegalArgumentException("not the name of a recording: " + name);
    }
    return options.recordings() + "/" + name + ".wav";
  }
}
