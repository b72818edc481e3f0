package dev.callflow.store.kills;

import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;

/**
 * A process that changes documents until it is killed, by four writers at once. It writes a line to
 * its output before each change, and one after the store has acknowledged it. Each line is one
 * system call, and the pipe keeps what was written when the process is gone.
 */
final class WritingHost {

  static final int WRITERS = 4;
  private static final int DOCUMENTS = 8;

  private final EditableStore store;
  private final Random random;
  private final int writer;

  private WritingHost(EditableStore store, long seed, int writer) {
    this.store = store;
    this.random = new Random(seed + writer);
    this.writer = writer;
  }

  /** Takes the place of the store and a seed. */
  public static void main(String[] args) {
    say("opening");
    OpenStore store = OpenStore.at(args[0]);
    for (int writer = 0; writer < WRITERS; writer++) {
      WritingHost host = new WritingHost(store.documents(), Long.parseLong(args[1]), writer);
      new Thread(host::write).start();
    }
  }

  private void write() {
    try {
      while (true) {
        change();
      }
    } catch (StoreUnavailableException e) {
      say("unavailable " + writer);
    }
  }

  private void change() {
    DocumentType type = DocumentContent.TYPES.get(random.nextInt(DocumentContent.TYPES.size()));
    String id = DocumentContent.id(type, writer, random.nextInt(DOCUMENTS));
    long stamp = random.nextLong();
    Optional<StoredDocument> before = store.stored(OpenStore.ACCOUNT, type, id);
    if (before.isPresent() && random.nextInt(5) == 0) {
      say("remove " + writer + " " + id);
      end(store.remove(OpenStore.ACCOUNT, type, id, before.get().revision()));
      return;
    }
    say("put " + writer + " " + id + " " + stamp);
    end(
        before.isPresent()
            ? store.replace(
                OpenStore.ACCOUNT,
                type,
                id,
                DocumentContent.body(id, stamp),
                before.get().revision())
            : store.create(OpenStore.ACCOUNT, type, id, DocumentContent.body(id, stamp)));
  }

  private void end(WriteResult result) {
    switch (result) {
      case WriteResult.Written written -> say("done " + writer + " " + written.stored().revision());
      case WriteResult.NumbersTaken taken -> say("refused " + writer);
      case WriteResult.Conflict conflict -> throw new IllegalStateException(result.toString());
      case WriteResult.Missing missing -> throw new IllegalStateException(result.toString());
    }
  }

  private static void say(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
}
