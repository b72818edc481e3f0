package dev.callflow.examples;

import dev.callflow.core.call.MediaGuard;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * What accounts may hear beside their own media, prompts and tones: for commands that take
 * documents.
 */
final class MediaOptions {

  @Option(
      names = "--media-folder",
      paramLabel = "DIR",
      description = {
        "Lets documents name files below this folder of FreeSWITCH's machine, for instance",
        "/srv/media/{account}, where {account} is each account's id. May be given more than once"
      })
  private List<String> folders = new ArrayList<>();

  @Option(
      names = "--media-host",
      paramLabel = "HOST[:PORT]",
      description = {
        "Lets documents and API requests name URLs of this host. FreeSWITCH fetches them and follows",
        "redirects: name hosts that you trust. May be given more than once. Default: none"
      })
  private List<String> hosts = new ArrayList<>();

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException if one is no folder or host
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
