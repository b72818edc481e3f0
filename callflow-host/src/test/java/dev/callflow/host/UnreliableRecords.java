package dev.callflow.host;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A store that can be made unavailable, can reject calls to a number, and counts transactions. */
final class UnreliableRecords implements RecordStore {

  private final RecordStore store;
  volatile boolean unavailable;
  volatile String rejectedCall = "none";
  final AtomicInteger written = new AtomicInteger();

  UnreliableRecords(RecordStore store) {
    this.store = store;
  }

  private RecordStore answering() {
    if (unavailable) {
      throw new StoreUnavailableException("the store does not answer");
    }
    return store;
  }

  @Override
  public void putAll(List<AccountRecord> records) {
    if (records.stream().anyMatch(it -> it.subject().equals(rejectedCall))) {
      throw new IllegalArgumentException("the store rejects calls to " + rejectedCall);
    }
    answering().putAll(records);
    written.incrementAndGet();
  }

  @Override
  public Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id) {
    return answering().find(account, kind, id);
  }

  @Override
  public Optional<AccountRecord> findAnywhere(RecordKind kind, String id) {
    return answering().findAnywhere(kind, id);
  }

  @Override
  public List<AccountRecord> list(RecordQuery query) {
    return answering().list(query);
  }

  @Override
  public Optional<AccountRecord> update(
      Optional<AccountId> account, RecordKind kind, String id, UnaryOperator<ObjectNode> change) {
    return answering().update(account, kind, id, change);
  }

  @Override
  public boolean claim(AccountRecord record, Instant at) {
    return answering().claim(record, at);
  }

  @Override
  public boolean remove(Optional<AccountId> account, RecordKind kind, String id) {
    return answering().remove(account, kind, id);
  }

  @Override
  public int removeAll(AccountId account) {
    return answering().removeAll(account);
  }

  @Override
  public int prune(RecordKind kind, Instant before, int maxPerAccount) {
    return answering().prune(kind, before, maxPerAccount);
  }
}
