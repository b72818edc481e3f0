package dev.callflow.store.kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.engine.Constants;

/** H2 databases in files. */
record KilledH2(Path parent) implements KilledStore {

  @Override
  public String name() {
    return "H2 " + Constants.VERSION;
  }

  @Override
  public boolean revisionsStay() {
    return true;
  }

  /** A kill has to hit a file in the right moment: it hit that of 2.5.252 once in some 30 kills. */
  @Override
  public int stores() {
    return 3;
  }

  @Override
  public String make() throws IOException {
    return "jdbc:h2:" + Files.createTempDirectory(parent, "h2").resolve("calls");
  }
}
