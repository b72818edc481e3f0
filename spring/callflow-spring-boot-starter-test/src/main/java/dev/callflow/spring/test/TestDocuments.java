package dev.callflow.spring.test;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.node.ObjectNode;

/** Copies accounts and documents from a folder of the class path into memory. */
final class TestDocuments {

  private TestDocuments() {}

  static MemoryStore of(String folder) {
    MemoryStore store = new MemoryStore();
    try (DataFolder source = DataFolder.read(path(folder), it -> List.of(), TimeSource.system())) {
      if (!source.problems().isEmpty()) {
        throw new IllegalArgumentException("in the documents " + folder + ": " + source.problems());
      }
      store.system(source.systemConfig());
      for (AccountId account : source.accounts()) {
        source.account(account).ifPresent(it -> store.account(account, body(it)));
        for (DocumentType type : DocumentType.values()) {
          for (Document document : source.all(account, type)) {
            store.put(account, type, document.id(), document.body());
          }
        }
      }
    }
    return store;
  }

  private static ObjectNode body(Account account) {
    ObjectNode body = Json.object();
    account.realm().ifPresent(it -> body.put("realm", it));
    account.preflow().ifPresent(it -> body.putObject("preflow").put("always", it));
    body.set("config", account.config());
    return body;
  }

  private static Path path(String folder) {
    try {
      return new ClassPathResource(folder).getFile().toPath();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the folder of documents " + folder + " is not on the class path, or is in a jar", e);
    }
  }
}
