package dev.callflow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import org.junit.jupiter.api.Test;

/** Tables and text for a terminal. */
class TableTests {

  @Test
  void columnsAreAsWideAsTheirWidestValue() {
    assertThat(new Table("ID", "NAME").row("board", "Board").row("1", "").lines())
        .containsExactly("ID     NAME", "board  Board", "1");
  }

  @Test
  void wideAndCombiningCharactersKeepTheColumnsAligned() {
    assertThat(new Table("NAME", "N").row("会議室", "1").row("Zoe\u0308", "2").lines())
        .containsExactly("NAME    N", "会議室  1", "Zoe\u0308     2");
  }

  @Test
  void charactersThatControlATerminalAreReplaced() {
    assertThat(Printable.text("a\u001b[2J\r\n\u009b\u202e\u200b\u2028\ud800\u007fb"))
        .isEqualTo("a?[2J???????? b".replace(" ", ""));
    assertThat(Printable.text("Zoë 会議 👍")).isEqualTo("Zoë 会議 👍");
  }

  @Test
  void jsonIsPrintableAscii() {
    assertThat(Printable.json(Json.object().put("n", "\u001bZoë\u009b\u007f")))
        .isEqualTo("{\"n\":\"\\u001BZo\\u00EB\\u009B\\u007f\"}");
  }
}
