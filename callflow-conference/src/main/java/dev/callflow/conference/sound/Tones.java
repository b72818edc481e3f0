package dev.callflow.conference.sound;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Tone;
import dev.callflow.conference.visit.Guest;
import dev.callflow.core.call.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses what the room hears when a leg enters or leaves (docs/spec/conference.md#tones). */
public enum Tones {
  /** When it enters. */
  ENTRY("entry", "tone_stream://v=-7;>=2;+=.1;%(300,0,523,659);v=-7;>=3;+=.1;%(800,0,659,783)"),
  /** When it leaves. */
  EXIT("exit", "tone_stream://v=-7;>=2;+=.1;%(300,0,523,440);v=-7;>=3;+=.1;%(800,0,349,440)");

  private final String name;
  private final String unlessConfigured;

  Tones(String name, String unlessConfigured) {
    this.name = name;
    this.unlessConfigured = unlessConfigured;
  }

  /** The sound for a visitor; empty for silence. */
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

  /** {@code enter} or {@code exit}, as the mixer's parameters are called. */
  private String parameter() {
    return this == ENTRY ? "enter-sound" : "exit-sound";
  }

  /** What a profile has for a tone; there silence is said by a silent stream. */
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
    return Optional.of(new Media.Stream(unlessConfigured));
  }

  /** From the highest to the lowest. */
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
