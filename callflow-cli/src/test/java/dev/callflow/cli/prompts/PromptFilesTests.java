package dev.callflow.cli.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the prompts that the program contains. */
class PromptFilesTests {

  private static final Pattern PROMPT = Pattern.compile("\"(conf-[a-z_]+)\"");

  /** The prompts that the code of conferences names. */
  private static Set<String> played() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../callflow-conference/src/main/java"))) {
      Set<String> names = new TreeSet<>();
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        PROMPT.matcher(Files.readString(file)).results().forEach(it -> names.add(it.group(1)));
      }
      return names;
    }
  }

  private static List<String> soundsOfFreeSwitch() throws IOException {
    try (InputStream list = PromptFilesTests.class.getResourceAsStream("freeswitch-sounds.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static Set<String> without(Collection<String> all, Collection<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  @ParameterizedTest
  @EnumSource
  void eachPromptThatCanBePlayedIsHereOrInFreeSwitchsPackage(PromptLanguage language)
      throws IOException {
    assertThat(played()).contains("conf-welcome", "conf-bad_pin");
    assertThat(language.names())
        .containsExactlyInAnyOrderElementsOf(
            switch (language) {
              case EN -> without(played(), soundsOfFreeSwitch());
              case DE -> played();
            });
  }

  @ParameterizedTest
  @EnumSource
  void eachPromptIsAWavFileOfOneChannelWith8000SamplesPerSecond(PromptLanguage language)
      throws IOException {
    for (String name : language.names()) {
      ByteBuffer wav = ByteBuffer.wrap(language.wav(name)).order(ByteOrder.LITTLE_ENDIAN);
      int format = 20;
      int data = 36;
      assertThat(List.of(text(wav, 0), text(wav, 8), text(wav, 12), text(wav, data)))
          .as(name)
          .containsExactly("RIFF", "WAVE", "fmt ", "data");
      assertThat(wav.getInt(4)).as("%s: length", name).isEqualTo(wav.capacity() - 8);
      assertThat(wav.getShort(format)).as("%s: PCM", name).isEqualTo((short) 1);
      assertThat(wav.getShort(format + 2)).as("%s: channels", name).isEqualTo((short) 1);
      assertThat(wav.getInt(format + 4)).as("%s: samples per second", name).isEqualTo(8000);
      assertThat(wav.getShort(format + 14)).as("%s: bits", name).isEqualTo((short) 16);
      int samples = wav.getInt(data + 4) / 2;
      assertThat(samples).as("%s: samples", name).isBetween(8000, 80_000);
      assertThat(peak(wav, data + 8, samples)).as("%s: peak", name).isBetween(10_000, 25_000);
    }
  }

  private static String text(ByteBuffer wav, int at) {
    byte[] text = new byte[4];
    wav.get(at, text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static int peak(ByteBuffer wav, int at, int samples) {
    int peak = 0;
    for (int i = 0; i < samples; i++) {
      peak = Math.max(peak, Math.abs(wav.getShort(at + 2 * i)));
    }
    return peak;
  }
}
