package dev.callflow.cli;

import dev.callflow.core.file.AccountFiles;
import dev.callflow.core.file.FileFolder;
import dev.callflow.core.file.FileLimits;
import dev.callflow.core.file.NoFiles;
import dev.callflow.core.file.TransferredFiles;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitchOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the files of recordings and uploaded media are. */
final class FileOptions {

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "The folder for recordings and uploaded media, which FreeSWITCH sees as well. Default:"
              + " none; the API then refuses requests for files")
  private @Nullable Path folder;

  @Option(
      names = "--files-at-freeswitch",
      paramLabel = "DIR",
      description =
          "The path at which FreeSWITCH sees the folder of --files, if it is another one there.")
  private @Nullable String atFreeSwitch;

  @Option(
      names = "--transfer",
      paramLabel = "URL",
      description =
          "The address at which FreeSWITCH reaches the API of this host, for instance"
              + " http://10.0.0.5:8000. FreeSWITCH, which does not see the folder of --files, then"
              + " sends recordings to the host and fetches uploaded media. Default: none")
  private @Nullable String transfer;

  /** Lets FreeSWITCH record into the folder and play from it. */
  FreeSwitchOptions.Builder apply(FreeSwitchOptions.Builder options) {
    return folder == null || transfer != null
        ? options
        : options
            .recordings(path(folder) + "/" + FileFolder.RECORDINGS)
            .uploads(path(folder) + "/" + FileFolder.MEDIA);
  }

  /**
   * Opens the folder.
   *
   * @param hasApi whether the host serves the API
   * @return the files
   * @throws IllegalArgumentException if the options are invalid or the folder cannot be used
   */
  AccountFiles open(boolean hasApi) {
    if (folder == null) {
      if (atFreeSwitch != null || transfer != null) {
        throw new IllegalArgumentException(
            (transfer == null ? "--files-at-freeswitch" : "--transfer") + " requires --files");
      }
      return new NoFiles();
    }
    if (transfer == null) {
      return folder(folder);
    }
    if (!hasApi || atFreeSwitch != null) {
      throw new IllegalArgumentException(
          hasApi
              ? "--transfer and --files-at-freeswitch exclude each other: FreeSWITCH sees the"
                  + " folder of --files, or it does not"
              : "--transfer requires --http, because the files are transferred through the API");
    }
    return new TransferredFiles(folder(folder), transfer, TimeSource.system());
  }

  private FileFolder folder(Path folder) {
    try {
      return FileFolder.open(folder, path(folder), FileLimits.STANDARD);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot use the folder for files %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private String path(Path here) {
    String path =
        atFreeSwitch == null ? here.toAbsolutePath().normalize().toString() : atFreeSwitch;
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "--files-at-freeswitch must be an absolute path, but is " + path);
    }
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
