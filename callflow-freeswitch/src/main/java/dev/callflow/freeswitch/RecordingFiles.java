package dev.callflow.freeswitch;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.error.EslException;
import dev.callflow.freeswitch.SwitchText.Word;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recordings on FreeSWITCH's machine, where we have no files.
 *
 * <p>No command of FreeSWITCH deletes a file. {@code spawn_stream} runs a program there, without a
 * shell; since its answer does not tell whether that worked, FreeSWITCH is asked for the file
 * afterwards. Where it cannot, that is said once, and not tried again.
 */
final class RecordingFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);

  private final EslClient client;
  private final SoundFiles sounds;
  private final SwitchText text;
  private final Duration longest;
  private final AtomicBoolean inVain = new AtomicBoolean();

  RecordingFiles(EslClient client, SoundFiles sounds, SwitchText text, Duration longest) {
    this.client = client;
    this.sounds = sounds;
    this.text = text;
    this.longest = longest;
  }

  /** Blocks for as long as FreeSWITCH takes to answer, twice. */
  void delete(String name) {
    if (inVain.get()) {
      return;
    }
    String file = sounds.recording(name);
    if (!text.isWord(Word.PATH, file)) {
      cannot("the folder's name holds signs that cannot be written in a command");
      return;
    }
    try {
      client.bgapi("spawn_stream", "rm -f -- " + file, longest);
      if (client.bgapi("file_exists", file, longest).strip().equals("true")) {
        cannot("FreeSWITCH does not run rm");
      }
    } catch (EslException e) {
      LOG.warn("the recording {} could not be deleted: {}", file, e.getMessage());
    }
  }

  private void cannot(String why) {
    if (inVain.compareAndSet(false, true)) {
      LOG.warn("recordings of callers' names are not deleted, they pile up: {}", why);
    }
  }
}
