package dev.callflow.testkit.store;

import dev.callflow.core.document.EditableStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class FolderQuotaTests implements QuotaContract {

  @TempDir private Path folder;
  private @Nullable DataFolder data;

  @Override
  public EditableStore store(Quotas quotas) throws IOException {
    Files.createDirectories(folder.resolve("accounts/acme"));
    Files.createDirectories(folder.resolve("accounts/other"));
    DataFolder opened = DataFolder.open(folder, document -> List.of(), TimeSource.system(), quotas);
    data = opened;
    return opened;
  }

  @AfterEach
  void close() {
    if (data != null) {
      data.close();
    }
  }
}
