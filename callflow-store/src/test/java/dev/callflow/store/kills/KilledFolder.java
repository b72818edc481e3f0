package dev.callflow.store.kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data folders. They do not keep the revisions of deleted documents. */
record KilledFolder(Path parent) implements KilledStore {

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public boolean revisionsStay() {
    return false;
  }

  @Override
  public String create() throws IOException {
    Path folder = Files.createTempDirectory(parent, "data");
    Files.createDirectories(folder.resolve("accounts").resolve(OpenStore.ACCOUNT.value()));
    return folder.toString();
  }
}
