package dev.callflow.core.file;

import dev.callflow.core.document.AccountId;
import java.io.InputStream;
import java.util.Optional;

/** The files of a host without a folder for them: none can be reached. */
public final class NoFiles implements AccountFiles {

  private static final String WHY =
      "the host has no folder for files; its operator sets one with --files";

  /** Creates the port. */
  public NoFiles() {}

  @Override
  public Optional<String> problem() {
    return Optional.of(WHY);
  }

  @Override
  public FoundFile recording(String path) {
    return new FoundFile.Unreachable(WHY);
  }

  @Override
  public RemovedFile removeRecording(String path) {
    return new RemovedFile.Unreachable(WHY);
  }

  @Override
  public FoundFile media(AccountId account, String id, SoundFormat format) {
    return new FoundFile.Unreachable(WHY);
  }

  @Override
  public KeptFile keepMedia(AccountId account, String id, InputStream content) {
    return new KeptFile.Unreachable(WHY);
  }

  @Override
  public RemovedFile removeMedia(AccountId account, String id, SoundFormat format) {
    return new RemovedFile.Unreachable(WHY);
  }
}
