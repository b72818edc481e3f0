package dev.callflow.conference.admission;

import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.OneLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the spoken names of users, so that each user records a name only once
 * (docs/spec/conference.md#spoken-names).
 *
 * <p>In an editable store, a name becomes a media document, to which the user's document refers in
 * {@code name_pronounced}. Otherwise, the name is kept in memory until the process ends.
 * Thread-safe.
 */
final class RecordedNames {

  private static final Logger LOG = LoggerFactory.getLogger(RecordedNames.class);

  /** The maximum number of names in memory; the least recently used name is dropped first. */
  private static final int MAX_REMEMBERED = 10_000;

  private record UserKey(AccountId account, String user) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UserKey, Media> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @java.io.Serial private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserKey, Media> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /**
   * Returns a name that is kept in memory. Stored names are found through the user's document
   * instead.
   */
  Optional<Media> of(AccountId account, String user) {
    lock.lock();
    try {
      return Optional.ofNullable(remembered.get(new UserKey(account, user)));
    } finally {
      lock.unlock();
    }
  }

  /** Stores the name, or keeps it in memory if it cannot be stored. */
  void keep(DocumentStore store, AccountId account, Document user, Media recording) {
    if (store instanceof EditableStore editable
        && recording instanceof Media.Recording(String name)
        && stored(editable, account, user.id(), name)) {
      return;
    }
    lock.lock();
    try {
      remembered.put(new UserKey(account, user.id()), recording);
    } finally {
      lock.unlock();
    }
  }

  private static boolean stored(
      EditableStore store, AccountId account, String user, String recording) {
    try {
      Optional<StoredDocument> now = store.stored(account, DocumentType.USER, user);
      if (now.isEmpty()) {
        return false;
      }
      String id = UUID.randomUUID().toString().replace("-", "");
      ObjectNode medium = Json.object();
      medium.put("name", "name of " + user);
      medium.put("recording", recording);
      ObjectNode body = now.get().document().body().deepCopy();
      Json.object(body, "name_pronounced")
          .orElseGet(() -> body.putObject("name_pronounced"))
          .put("media_id", id);
      if (!(store.create(account, DocumentType.MEDIA, id, medium)
          instanceof WriteResult.Written(StoredDocument created))) {
        return false;
      }
      boolean named =
          store.replace(account, DocumentType.USER, user, body, now.get().revision())
              instanceof WriteResult.Written;
      if (!named) {
        store.remove(account, DocumentType.MEDIA, id, created.revision());
      }
      return named;
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "account {}: cannot store the spoken name of user {}; keeping it in memory",
          account,
          OneLine.of(user),
          e);
      return false;
    }
  }
}
