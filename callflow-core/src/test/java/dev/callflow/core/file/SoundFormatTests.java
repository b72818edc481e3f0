package dev.callflow.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundFormatTests {

  private static byte[] hex(String text) {
    return HexFormat.ofDelimiter(" ").parseHex(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aRiffWaveFileIsWav() {
    assertThat(SoundFormat.ofContent(ascii("RIFF\1\2\3\4WAVEfmt "))).contains(SoundFormat.WAV);
  }

  @Test
  void aFileWithId3TagsOrAFrameOfLayerThreeIsMp3() {
    assertThat(SoundFormat.ofContent(ascii("ID3\4\0"))).contains(SoundFormat.MP3);
    assertThat(SoundFormat.ofContent(hex("ff fb 90 64"))).contains(SoundFormat.MP3);
    assertThat(SoundFormat.ofContent(hex("ff f3 40 c0"))).contains(SoundFormat.MP3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "52", // R
        "52 49 46 46 00 00 00 00 41 56 49 20", // an AVI
        "7f 45 4c 46 02 01 01 00 00 00 00 00", // a program
        "23 21 2f 62 69 6e 2f 73 68 0a", // a script
        "3c 68 74 6d 6c 3e", // a page
        "4f 67 67 53", // Ogg
        "ff fd 90 64", // layer II
        "ff fb f0 64", // no such bit rate
        "ff fb 9c 64", // no such sample rate
        "ff eb 90 64", // no such version
        "ff fb"
      })
  void everythingElseIsRefused(String head) {
    assertThat(SoundFormat.ofContent(head.isEmpty() ? new byte[0] : hex(head))).isEmpty();
  }
}
