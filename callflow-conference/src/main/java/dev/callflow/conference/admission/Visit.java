package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.document.Profile;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReader;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller at a conference element, from the first step to the last; owned by the call's thread.
 */
public final class Visit {

  private final Call call;
  private final DocumentStore store;
  private final MediaReader media;
  final ConferenceElement element;
  final Settings settings;
  private @Nullable ConferenceDocument conference;
  private @Nullable Profile merged;

  /** What the number that he has entered says about his role; empty if nothing. */
  Optional<Boolean> moderatorByNumber = Optional.empty();

  public boolean moderator;

  /** How it has ended, once that is known. */
  public ConferenceOutcome outcome = ConferenceOutcome.ABANDONED;

  /** Whether a seat is held for him, or a place outside. */
  public boolean atTheDoor;

  /** Whether the mixer has been asked to take him in. */
  boolean entering;

  public boolean entered;

  /** Whether his way to the next room has been taken up. */
  boolean movedOn;

  /** Keys that he has pressed when the mixer had him and we did not know it yet. */
  final StringBuilder keysWhileEntering = new StringBuilder();

  /** How loud he had to be before his first key; negative until then. */
  int usualEnergy = -1;

  int talkVolume;
  int listenVolume;

  /** His name as he has said it. */
  Optional<Media> spokenName = Optional.empty();

  /** What is left to be done when he is gone, whatever way. */
  final List<Runnable> afterwards = new ArrayList<>();

  /** How he joins if an operator wants him in, and not as the document says. */
  public @Nullable Set<MemberFlag> flags;

  /** The mixer's profile if not the document's. */
  public String profile = "";

  public Visit(
      Call call,
      DocumentStore store,
      MediaReader media,
      ConferenceElement element,
      Settings settings) {
    this.call = call;
    this.store = store;
    this.media = media;
    this.element = element;
    this.settings = settings;
  }

  Call call() {
    return call;
  }

  IncomingCall incoming() {
    return call.incoming();
  }

  DocumentStore store() {
    return store;
  }

  Optional<ConferenceDocument> found() {
    return Optional.ofNullable(conference);
  }

  public void found(ConferenceDocument document) {
    conference = document;
    merged = Profile.of(document, settings);
  }

  /** The conference; only steps behind the one that finds it may ask. */
  ConferenceDocument conference() {
    if (conference == null) {
      throw new IllegalStateException("no conference has been found yet");
    }
    return conference;
  }

  /** The merged profile of the conference that has been found. */
  Profile profile() {
    if (merged == null) {
      throw new IllegalStateException("no conference has been found yet");
    }
    return merged;
  }

  /** A sound of the profile; empty for none. */
  Optional<Media> sound(String key) {
    return profile().sound(key, media, language());
  }

  /** A medium that a document names; empty if the account may not hear it. */
  Optional<Media> media(String field, String text) {
    return media.read(field, text, language());
  }

  MediaReader media() {
    return media;
  }

  /** The whole room's music if it has one, else the switch's: nobody waits in silence. */
  Media holdMusic() {
    return sound("moh-sound").orElseGet(Media.HoldMusic::new);
  }

  RoomId room() {
    return new RoomId(call().account(), conference().id());
  }

  Media prompt(String name) {
    return new Media.Prompt(name, language());
  }

  /** Of everything that is said to him; empty for the switch's. */
  String language() {
    return found()
        .map(ConferenceDocument::language)
        .filter(of -> !of.isEmpty())
        .or(() -> element.config().flatMap(config -> Json.text(config, "language")))
        .or(() -> settings.text("language"))
        .filter(of -> of.matches("[A-Za-z0-9_-]{1,16}"))
        .orElse("");
  }

  Refusal refuse(ConferenceOutcome reason, String prompt) {
    return new Refusal(reason, List.of(prompt(prompt)));
  }
}
