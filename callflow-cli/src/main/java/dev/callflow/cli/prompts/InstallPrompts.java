package dev.callflow.cli.prompts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./callflow prompts install}: writes the prompts to FreeSWITCH's folder for sounds. */
@Command(
    name = "install",
    header = "Installs the prompts that FreeSWITCH's sound packages lack.",
    description = {
      "Writes WAV files to the folder in which FreeSWITCH looks for the prompts of conferences.",
      "Replaces its own files, and keeps those of others."
    },
    mixinStandardHelpOptions = true)
final class InstallPrompts implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      description =
          "FreeSWITCH's folder for sounds, for instance /usr/share/freeswitch/sounds. FreeSWITCH"
              + " prints it: fs_cli -x 'global_getvar sounds_dir'")
  private Path folder = Path.of("");

  @Option(
      names = "--language",
      paramLabel = "L",
      description =
          "en: the prompts that the English packages lack; de: all prompts of conferences, in"
              + " German. Default: en")
  private PromptLanguage language = PromptLanguage.EN;

  @Option(
      names = "--voice",
      paramLabel = "DIR",
      description =
          "The folder of the voice, below FOLDER. It must be the one that sound_prefix names in"
              + " FreeSWITCH. Default: en/us/callie or de/de/callflow")
  private @Nullable String voice;

  @Option(names = "--force", description = "Replaces files of others, too.")
  private boolean force;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + ": is not a folder");
    }
    SoundsFolder sounds =
        new SoundsFolder(folder.resolve(voice == null ? language.voice() : voice));
    List<String> kept = new ArrayList<>();
    int written = 0;
    int unchanged = 0;
    for (String name : language.names()) {
      switch (sounds.place(name, language.wav(name), force)) {
        case WRITTEN -> written++;
        case UNCHANGED -> unchanged++;
        case KEPT -> kept.add(name);
      }
    }
    String others =
        kept.isEmpty()
            ? ""
            : ", kept because they are others' (--force replaces them): " + String.join(", ", kept);
    spec.commandLine()
        .getOut()
        .println(
            sounds.target()
                + ": prompts written: "
                + written
                + ", unchanged: "
                + unchanged
                + others);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
