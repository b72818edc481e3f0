package dev.callflow.conference.document;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.document.StoreUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents of rooms: those that are stored, and, as long as such a room is known, those that a
 * dial or an ad-hoc configuration has made.
 */
public final class RoomDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(RoomDocuments.class);

  private final DocumentStore store;
  private final Map<RoomId, ConferenceDocument> dialled = new ConcurrentHashMap<>();
  private final Map<RoomId, ConferenceDocument> seen = new ConcurrentHashMap<>();

  public RoomDocuments(DocumentStore store) {
    this.store = store;
  }

  /** The document by which somebody is let into a room whom an operator wants in. */
  public Optional<ConferenceDocument> find(RoomId room) {
    return store
        .find(room.account(), DocumentType.CONFERENCE, room.conference())
        .map(ConferenceDocument::stored)
        .or(() -> dialled(room))
        .or(() -> Optional.ofNullable(seen.get(room)));
  }

  /**
   * The document that a dial has made: later callers are treated by it, too
   * (docs/spec/api.md#dial).
   */
  public Optional<ConferenceDocument> dialled(RoomId room) {
    return Optional.ofNullable(dialled.get(room));
  }

  public void dials(RoomId room, ConferenceDocument document) {
    dialled.putIfAbsent(room, document);
  }

  /** A caller has come with a configuration of his own; it makes no way in for others. */
  public void seen(RoomId room, ConferenceDocument document) {
    if (!document.stored()) {
      seen.putIfAbsent(room, document);
    }
  }

  public void over(RoomId room) {
    dialled.remove(room);
    seen.remove(room);
  }

  public JoinRequest.Rules rules(RoomId room, ConferenceDocument document) {
    return RoomRules.of(document, profile(room, document));
  }

  /** The merged profile of a room that is described by a document. */
  Profile profile(RoomId room, ConferenceDocument document) {
    LayeredSettings settings =
        store
            .account(room.account())
            .map(account -> LayeredSettings.of(store, account, "conferences"))
            .orElseGet(() -> new LayeredSettings(Json.object(), Json.object()));
    return Profile.of(document, settings);
  }

  /** What the document of a room says that was running before we were. */
  public Optional<JoinRequest.Rules> rules(RoomId room) {
    try {
      return find(room).map(document -> rules(room, document));
    } catch (StoreUnavailableException e) {
      LOG.warn("room {} is taken over without its document, which cannot be read", room, e);
      return Optional.empty();
    }
  }
}
