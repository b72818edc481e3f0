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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A process that changes documents until it is killed, with four writers for each store. It prints
 * a line before each change and another after the store has acknowledged it. Each line starts with
 * the store's position among the arguments. A line is written in a single system call, and the pipe
 * keeps its content after the process has ended.
 */
final class WritingHost {

  static final int WRITERS = 4;
  private static final int DOCUMENTS = 8;
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private final int number;
  private final EditableStore store;
  private final Random random;
  private final int writer;

  private WritingHost(int number, EditableStore store, long seed, int writer) {
    this.number = number;
    this.store = store;
    this.random = new Random(seed + number * WRITERS + writer);
    this.writer = writer;
  }

  /** Runs the host with a seed and the addresses of its stores as arguments. */
  public static void main(String[] args) {
    List<WritingHost> writers = new ArrayList<>();
    for (int number = 1; number < args.length; number++) {
      print(number + " opening");
      EditableStore store = OpenStore.at(args[number]).documents();
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.add(new WritingHost(number, store, Long.parseLong(args[0]), writer));
      }
    }
    writers.forEach(writer -> new Thread(writer::write).start());
  }

  private void write() {
    try {
      while (true) {
        change();
      }
    } catch (StoreUnavailableException e) {
      report("unavailable " + writer);
    }
  }

  private void change() {
    DocumentType type = DocumentContent.TYPES.get(random.nextInt(DocumentContent.TYPES.size()));
    String id = DocumentContent.id(type, writer, random.nextInt(DOCUMENTS));
    long stamp = random.nextLong();
    Optional<StoredDocument> before = store.stored(OpenStore.ACCOUNT, type, id);
    if (before.isPresent() && random.nextInt(5) == 0) {
      report("remove " + writer + " " + id);
      end(store.remove(OpenStore.ACCOUNT, type, id, before.get().revision()));
      return;
    }
    report("put " + writer + " " + id + " " + stamp);
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
      case WriteResult.Written written ->
          report("done " + writer + " " + written.stored().revision().number());
      case WriteResult.NumbersTaken taken -> report("refused " + writer);
      case WriteResult.Conflict conflict -> throw new IllegalStateException(result.toString());
      case WriteResult.QuotaExceeded exceeded -> throw new IllegalStateException(result.toString());
      case WriteResult.Missing missing -> throw new IllegalStateException(result.toString());
    }
  }

  private void report(String event) {
    print(number + " " + event);
  }

  private static void print(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
