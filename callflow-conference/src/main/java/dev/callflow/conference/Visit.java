package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.room.MemberFlag;
import dev.callflow.conference.room.RoomId;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller at a conference element, from the first step to the last; owned by the call's thread.
 */
final class Visit {

  private final Call call;
  private final DocumentStore store;
  final ConferenceElement element;
  final Settings settings;
  private @Nullable ConferenceDocument conference;

  /** What the number that he has entered says about his role; empty if nothing. */
  Optional<Boolean> moderatorByNumber = Optional.empty();

  boolean moderator;

  /** How it has ended, once that is known. */
  ConferenceOutcome outcome = ConferenceOutcome.ABANDONED;

  /** Whether a seat is held for him, or a place outside. */
  boolean atTheDoor;

  boolean entered;

  /** Whether his way to the next room has been taken up. */
  boolean movedOn;

  int talkVolume;
  int listenVolume;

  /** His name as he has said it. */
  Optional<Media> spokenName = Optional.empty();

  /** How he joins if an operator wants him in, and not as the document says. */
  @Nullable Set<MemberFlag> flags;

  /** The mixer's profile if not the document's. */
  String profile = "";

  Visit(Call call, DocumentStore store, ConferenceElement element, Settings settings) {
    this.call = call;
    this.store = store;
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

  void found(ConferenceDocument document) {
    conference = document;
  }

  /** The conference; only steps behind the one that finds it may ask. */
  ConferenceDocument conference() {
    if (conference == null) {
      throw new IllegalStateException("no conference has been found yet");
    }
    return conference;
  }

  RoomId room() {
    return new RoomId(call().account(), conference().id());
  }

  Media prompt(String name) {
    String language =
        found()
            .map(ConferenceDocument::language)
            .filter(of -> !of.isEmpty())
            .or(() -> settings.text("language").filter(of -> of.matches("[A-Za-z0-9_-]{1,16}")))
            .orElse("");
    return new Media.Prompt(name, language);
  }

  Refusal refuse(ConferenceOutcome reason, String prompt) {
    return new Refusal(reason, List.of(prompt(prompt)));
  }
}
