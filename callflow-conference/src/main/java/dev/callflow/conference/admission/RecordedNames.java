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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names that users have said, so that they are asked once
 * (docs/spec/conference.md#spoken-names).
 *
 * <p>Where documents can be changed, a name becomes a media document that the user's document names
 * ({@code name_pronounced}). Else it is remembered as long as this process lives. Safe for use by
 * any thread.
 */
final class RecordedNames {

  private static final Logger LOG = LoggerFactory.getLogger(RecordedNames.class);

  /** Users whose names are remembered; who has called longest ago is asked again first. */
  private static final int MOST = 10_000;

  private record Who(AccountId account, String user) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Who, Media> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @java.io.Serial private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Media> eldest) {
          return size() > MOST;
        }
      };

  /** What is remembered; what is stored stands in the user's document. */
  Optional<Media> of(AccountId account, String user) {
    lock.lock();
    try {
      return Optional.ofNullable(remembered.get(new Who(account, user)));
    } finally {
      lock.unlock();
    }
  }

  /** A caller is let in with his name whether it can be stored or not. */
  void keep(DocumentStore store, AccountId account, Document user, Media recording) {
    if (store instanceof EditableStore editable
        && recording instanceof Media.Recording(String name)
        && stored(editable, account, user.id(), name)) {
      return;
    }
    lock.lock();
    try {
      remembered.put(new Who(account, user.id()), recording);
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
      LOG.warn("account {}: the name of user {} could not be stored", account, user, e);
      return false;
    }
  }
}
