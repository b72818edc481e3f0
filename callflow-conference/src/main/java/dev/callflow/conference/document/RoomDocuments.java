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
 * Provides the documents of rooms. In addition to stored documents, there are those created by a
 * dial request or an ad-hoc configuration; they are kept until the room ends.
 */
public final class RoomDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(RoomDocuments.class);

  private final DocumentStore store;
  private final SharedDocuments shared = new SharedDocuments();
  private final Map<RoomId, ConferenceDocument> dialled = new ConcurrentHashMap<>();
  private final Map<RoomId, ConferenceDocument> seen = new ConcurrentHashMap<>();

  public RoomDocuments(DocumentStore store) {
    this.store = store;
  }

  /**
   * Returns the document that applies when an operator dials or moves a participant into the room;
   * empty if the room is unknown.
   */
  public Optional<ConferenceDocument> find(RoomId room) {
    return stored(room).or(() -> dialled(room)).or(() -> Optional.ofNullable(seen.get(room)));
  }

  /** Returns the stored document of a room; empty if there is none. */
  public Optional<ConferenceDocument> stored(RoomId room) {
    return store
        .find(room.account(), DocumentType.CONFERENCE, room.conference())
        .map(document -> shared.of(room, document));
  }

  /**
   * Returns the document created by a dial request; it also applies to later callers
   * (docs/spec/api.md#dial).
   */
  public Optional<ConferenceDocument> dialled(RoomId room) {
    return Optional.ofNullable(dialled.get(room));
  }

  public void dials(RoomId room, ConferenceDocument document) {
    dialled.putIfAbsent(room, document);
  }

  /**
   * Keeps the document of a caller who configured the room ad hoc. The document does not let other
   * callers in.
   */
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

  /** Returns the merged profile of a room that has the given document. */
  Profile profile(RoomId room, ConferenceDocument document) {
    LayeredSettings settings =
        store
            .account(room.account())
            .map(account -> LayeredSettings.of(store, account, "conferences"))
            .orElseGet(() -> new LayeredSettings(Json.object(), Json.object()));
    return Profile.of(document, settings);
  }

  /**
   * Returns the rules of a room that was running before this process started; empty if it has no
   * readable document.
   */
  public Optional<JoinRequest.Rules> rules(RoomId room) {
    try {
      return find(room).map(document -> rules(room, document));
    } catch (StoreUnavailableException e) {
      LOG.warn("room {}: adopting the room without its document, which cannot be read", room, e);
      return Optional.empty();
    }
  }
}
