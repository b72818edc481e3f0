package dev.callflow.cli;

import dev.callflow.core.call.MediaGuard;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options that name the media that accounts may play in addition to their own media, prompts
 * and tones. All commands that read documents have these options.
 */
final class MediaOptions {

  @Option(
      names = "--media-folder",
      paramLabel = "DIR",
      description =
          "Allows documents to name files below this folder on FreeSWITCH's machine, for instance"
              + " /srv/media/{account}, where {account} matches the account's id. May be given more"
              + " than once. Default: none")
  private List<String> folders = new ArrayList<>();

  @Option(
      names = "--media-host",
      paramLabel = "HOST[:PORT]",
      description =
          "Allows documents and API requests to name URLs on this host. FreeSWITCH fetches them and"
              + " follows redirects, so allow only hosts that you trust. May be given more than"
              + " once. Default: none")
  private List<String> hosts = new ArrayList<>();

  /**
   * Creates a guard from the options.
   *
   * @throws IllegalArgumentException if a folder or host is invalid
   */
  MediaGuard guard() {
    MediaGuard guard = MediaGuard.standard();
    for (String folder : folders) {
      guard = guard.folder(folder);
    }
    for (String host : hosts) {
      guard = guard.host(host);
    }
    return guard;
  }
}
