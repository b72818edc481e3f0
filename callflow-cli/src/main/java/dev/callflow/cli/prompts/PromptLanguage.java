package dev.callflow.cli.prompts;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/** A language of the prompts that this program contains. */
enum PromptLanguage {
  EN("en/us/callie"),
  DE("de/de/callflow");

  private final String voice;

  PromptLanguage(String voice) {
    this.voice = voice;
  }

  /** Returns the folder of the voice, below FreeSWITCH's folder for sounds. */
  String voice() {
    return voice;
  }

  /** Returns the names of the prompts in this language. */
  SortedSet<String> names() throws IOException {
    Properties texts = new Properties();
    try (InputStreamReader in =
        new InputStreamReader(resource(folder() + ".properties"), StandardCharsets.UTF_8)) {
      texts.load(in);
    }
    return new TreeSet<>(texts.stringPropertyNames());
  }

  /** Returns the WAV file of a prompt: mono, 16 bits, 8000 samples per second. */
  byte[] wav(String name) throws IOException {
    try (InputStream in = resource(folder() + "/" + name + ".wav")) {
      return in.readAllBytes();
    }
  }

  private String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static InputStream resource(String name) throws FileNotFoundException {
    InputStream in = PromptLanguage.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name);
    }
    return in;
  }
}
