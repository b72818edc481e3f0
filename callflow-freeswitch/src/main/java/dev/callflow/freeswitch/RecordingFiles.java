package dev.callflow.freeswitch;

import dev.callflow.core.file.SentFile;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.error.EslException;
import dev.callflow.freeswitch.SwitchText.Word;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends and deletes recordings on FreeSWITCH's machine, whose file system we cannot access.
 *
 * <p>FreeSWITCH has no command to delete a file, but its command {@code spawn_stream} can run
 * {@code rm} without a shell. The answer does not show whether the program succeeded, so {@code
 * file_exists} checks that the file is gone. If the file still exists, the failure is logged once,
 * and no more files are deleted.
 */
final class RecordingFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);

  private static final Duration SENDING = Duration.ofMinutes(1);

  private final EslClient client;
  private final SoundFiles sounds;
  private final SwitchText text;
  private final Duration timeout;
  private final AtomicBoolean unsupported = new AtomicBoolean();

  RecordingFiles(EslClient client, SoundFiles sounds, SwitchText text, Duration timeout) {
    this.client = client;
    this.sounds = sounds;
    this.text = text;
    this.timeout = timeout;
  }

  /** Deletes a recording; blocks until FreeSWITCH has answered two commands. */
  void delete(String name) {
    if (unsupported.get()) {
      return;
    }
    String file = sounds.recording(name);
    if (!text.isWord(Word.PATH, file)) {
      giveUp("the path of the recordings contains characters that are not allowed in a command");
      return;
    }
    try {
      client.bgapi("spawn_stream", "rm -f -- " + file, timeout);
      if (client.bgapi("file_exists", file, timeout).strip().equals("true")) {
        giveUp("FreeSWITCH cannot run rm");
      }
    } catch (EslException e) {
      LOG.warn("cannot delete the recording {}: {}", file, e.getMessage());
    }
  }

  /** Deletes the recording at a path; blocks until FreeSWITCH has answered two commands. */
  void discard(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String name = file.endsWith(".wav") ? file.substring(0, file.length() - 4) : "";
    if (name.matches("[A-Za-z0-9_-]{1,200}") && sounds.recording(name).equals(path)) {
      delete(name);
    }
  }

  /** Lets FreeSWITCH send a file with mod_http_cache; blocks until it has, for at most a minute. */
  SentFile send(String path, String url) {
    if (!text.isWord(Word.PATH, path) || !text.isWord(Word.TRANSFER, url)) {
      return new SentFile.NotSent(
          "its path at FreeSWITCH has characters that are not allowed in a command");
    }
    if (!client.connected()) {
      return new SentFile.NotSent("the FreeSWITCH that may have it is not connected");
    }
    try {
      String answer = client.bgapi("http_put", url + " " + path, SENDING);
      if (answer.startsWith("+OK")) {
        return new SentFile.Sent();
      }
      LOG.debug("FreeSWITCH has not sent {}: {}", path, answer);
      return new SentFile.NotSent(
          answer.contains("ommand not found")
              ? "FreeSWITCH has not loaded mod_http_cache"
              : "FreeSWITCH does not have it, or does not reach the host");
    } catch (EslException e) {
      LOG.debug("FreeSWITCH has not sent {}", path, e);
      return new SentFile.NotSent("FreeSWITCH has not sent it within a minute; try again");
    }
  }

  private void giveUp(String reason) {
    if (unsupported.compareAndSet(false, true)) {
      LOG.warn(
          "recorded names of callers will accumulate, since they cannot be deleted: {}", reason);
    }
  }
}
