package dev.callflow.conference.sound;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Tone;
import dev.callflow.conference.visit.Guest;
import dev.callflow.core.call.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the sound that the room hears when a participant enters or leaves
 * (docs/spec/conference.md#tones).
 */
public enum Tones {
  /** The sound played when a participant enters. */
  ENTRY("entry", "tone_stream://v=-7;>=2;+=.1;%(300,0,523,659);v=-7;>=3;+=.1;%(800,0,659,783)"),
  /** The sound played when a participant leaves. */
  EXIT("exit", "tone_stream://v=-7;>=2;+=.1;%(300,0,523,440);v=-7;>=3;+=.1;%(800,0,349,440)");

  private final String name;
  private final String defaultSound;

  Tones(String name, String defaultSound) {
    this.name = name;
    this.defaultSound = defaultSound;
  }

  /** Returns the sound for a participant; empty for silence. */
  public Optional<Media> of(Guest guest) {
    for (Tone tone : levels(guest)) {
      switch (tone) {
        case Tone.Unset unset -> {}
        case Tone.On on -> {
          return nearest(guest);
        }
        case Tone.Off off -> {
          return Optional.empty();
        }
        case Tone.Sound sound -> {
          return nearest(guest);
        }
      }
    }
    return nearest(guest);
  }

  /** Returns the name of the profile parameter for this sound. */
  private String parameter() {
    return this == ENTRY ? "enter-sound" : "exit-sound";
  }

  /** Interprets a value from a profile, where a stream of silence switches the tone off. */
  private static Tone sound(String text) {
    return text.startsWith("silence_stream://") ? new Tone.Off() : new Tone.Sound(text);
  }

  private Optional<Media> nearest(Guest guest) {
    for (Tone tone : levels(guest)) {
      if (tone instanceof Tone.Sound(String text)) {
        Optional<Media> media = guest.target().media("play_" + name + "_tone", text);
        if (media.isPresent()) {
          return media;
        }
      }
    }
    return Optional.of(new Media.Stream(defaultSound));
  }

  /** Returns the configured values in descending order of precedence. */
  private List<Tone> levels(Guest guest) {
    ConferenceDocument conference = guest.target().conference();
    List<Tone> levels = new ArrayList<>();
    levels.add(
        this == ENTRY
            ? guest.target().caller().element().entryTone()
            : guest.target().caller().element().exitTone());
    levels.add(this == ENTRY ? conference.prompts().entryTone() : conference.prompts().exitTone());
    guest.target().profile().chosen(parameter()).map(Tones::sound).ifPresent(levels::add);
    if (guest.moderator()) {
      levels.add(
          Tone.of(guest.target().caller().settings().account().get("moderator_" + name + "_tone")));
    }
    levels.add(Tone.of(guest.target().caller().settings().account().get(name + "_tone")));
    if (guest.moderator()) {
      levels.add(
          Tone.of(guest.target().caller().settings().system().get("moderator_" + name + "_tone")));
    }
    levels.add(Tone.of(guest.target().caller().settings().system().get(name + "_tone")));
    guest.target().profile().text(parameter()).map(Tones::sound).ifPresent(levels::add);
    return levels;
  }
}
