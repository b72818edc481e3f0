package dev.callflow.core.file;

import dev.callflow.core.document.AccountId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The transfers that the host has asked a switch for, each with a link that is valid once, for one
 * direction and one file. Safe for use by any thread.
 */
public interface FileTransfers {

  /** A host without transfers: no link is valid. */
  FileTransfers NONE =
      new FileTransfers() {
        @Override
        public boolean isValid(String link) {
          return false;
        }

        @Override
        public Optional<KeptFile> receive(String link, InputStream content) {
          return Optional.empty();
        }

        @Override
        public Optional<Sound> send(String link) {
          return Optional.empty();
        }
      };

  /**
   * A sound that a switch fetches.
   *
   * @param account the account that it belongs to
   * @param file the file, or why it cannot be reached
   */
  record Sound(AccountId account, FoundFile file) {}

  /**
   * Returns whether a link is valid, without using it up.
   *
   * @param link the last segment of the URL
   * @return whether it was issued and is neither used nor expired
   */
  boolean isValid(String link);

  /**
   * Receives the file that a link stands for.
   *
   * @param link the last segment of the URL
   * @param content the file
   * @return whether it is stored; empty if the link is not valid for this direction
   * @throws IOException if the content cannot be read
   */
  Optional<KeptFile> receive(String link, InputStream content) throws IOException;

  /**
   * Opens the file that a link stands for.
   *
   * @param link the last segment of the URL
   * @return the file; empty if the link is not valid for this direction
   */
  Optional<Sound> send(String link);
}
