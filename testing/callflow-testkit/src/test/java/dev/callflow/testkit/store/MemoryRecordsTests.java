package dev.callflow.testkit.store;

import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;

class MemoryRecordsTests implements RecordStoreContract {

  private final MemoryRecords records = new MemoryRecords();

  @Override
  public RecordStore records() {
    return records;
  }
}
