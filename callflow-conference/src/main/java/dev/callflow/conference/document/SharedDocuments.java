package dev.callflow.conference.document;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Document;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored conferences so that all participants of one share the result, for as long as any of
 * them uses it. Safe for use by any thread.
 */
final class SharedDocuments {

  private static final int MAX_KNOWN = 10_000;

  private final ReentrantLock lock = new ReentrantLock();

  /** What was read last, with the conference that was used least recently first. */
  private final Map<RoomId, WeakReference<ConferenceDocument>> known =
      new LinkedHashMap<>(16, 0.75f, true);

  /** Reads a document, unless what was read from the same JSON object is still in use. */
  ConferenceDocument of(RoomId room, Document document) {
    ConferenceDocument used = used(room);
    if (used != null && used.body() == document.body()) {
      return used;
    }
    ConferenceDocument read = ConferenceDocument.stored(document);
    keep(room, read);
    return read;
  }

  private @Nullable ConferenceDocument used(RoomId room) {
    lock.lock();
    try {
      WeakReference<ConferenceDocument> last = known.get(room);
      return last == null ? null : last.get();
    } finally {
      lock.unlock();
    }
  }

  private void keep(RoomId room, ConferenceDocument document) {
    lock.lock();
    try {
      known.put(room, new WeakReference<>(document));
      if (known.size() > MAX_KNOWN) {
        known.remove(known.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }
}
