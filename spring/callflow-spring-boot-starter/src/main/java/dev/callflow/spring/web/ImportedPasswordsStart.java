package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Moves the passwords of imported users into the store of records, once, beside the start of the
 * application. Passwords stay where they are if records are in memory, because a move would lose
 * them at the end of the application.
 *
 * @param api the API
 * @param records the records that the application has besides the API's own, which are in memory
 */
record ImportedPasswordsStart(Api api, Optional<RecordStore> records)
    implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(ImportedPasswordsStart.class);

  @Override
  public void afterSingletonsInstantiated() {
    if (records.isPresent() && !(records.get() instanceof MemoryRecords)) {
      api.time().start("imported-passwords", this::move);
    }
  }

  private void move() {
    try {
      api.moveImportedPasswords();
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "passwords of imported users were not moved, which the next start does: {}",
          e.getMessage());
    }
  }
}
