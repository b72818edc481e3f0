package dev.callflow.conference.control;

import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.FoundMedia;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentStore;

/**
 * Finds the media that operators play: the account's own media, and others that the guard allows.
 */
record OperatorMedia(DocumentStore store, MediaGuard guard, RoomDocuments documents) {

  FoundMedia find(RoomId room, String text) {
    String language = documents.find(room).map(it -> it.prompts().language()).orElse("");
    return guard.find(text, language, room.account(), store);
  }

  /** Returns media that {@link ActionChecks} has already found to be playable. */
  Media playable(RoomId room, String text) {
    return find(room, text)
        .media()
        .orElseThrow(() -> new IllegalStateException("cannot play media that was not checked"));
  }
}
