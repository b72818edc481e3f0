package dev.callflow.cli.prompts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sounds of conferences in one voice, in the layout of FreeSWITCH: a folder for each sample
 * rate. FreeSWITCH plays the file with the rate of the call, or else one with another rate.
 */
final class SoundsFolder {

  /** The result of placing a file. */
  enum Placed {
    /** The file has been written. */
    WRITTEN,
    /** The same file was there already. */
    UNCHANGED,
    /** There is a file that is not one of ours, and it has been kept. */
    KEPT
  }

  private static final List<String> RATES = List.of("8000", "16000", "32000", "48000");

  /** The comment at the end of our files, with which packaging/prompts/make marks them. */
  private static final byte[] MARK = "Callflow prompt\0".getBytes(StandardCharsets.US_ASCII);

  private final Path conference;

  SoundsFolder(Path voice) {
    conference = voice.resolve("conference");
  }

  /** Returns the folder that files are placed in. */
  Path target() {
    return conference.resolve(RATES.getFirst());
  }

  /**
   * Places a prompt.
   *
   * @param name the name of the prompt
   * @param wav its file
   * @param force whether to replace a file that is not one of ours
   */
  Placed place(String name, byte[] wav, boolean force) throws IOException {
    String file = name + ".wav";
    Path target = target().resolve(file);
    if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), wav)) {
      return Placed.UNCHANGED;
    }
    if (!force && hasOther(file)) {
      return Placed.KEPT;
    }
    Files.createDirectories(target());
    // Moved into place at once, because FreeSWITCH may be about to play the old file.
    Path written = target().resolve("." + file + ".new");
    Files.write(written, wav);
    Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    return Placed.WRITTEN;
  }

  private boolean hasOther(String file) throws IOException {
    List<Path> places =
        Stream.concat(Stream.of(conference), RATES.stream().map(conference::resolve))
            .map(folder -> folder.resolve(file))
            .filter(Files::exists)
            .toList();
    for (Path place : places) {
      if (!isOurs(Files.readAllBytes(place))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOurs(byte[] wav) {
    int start = wav.length - MARK.length;
    return start >= 0 && Arrays.equals(wav, start, wav.length, MARK, 0, MARK.length);
  }
}
