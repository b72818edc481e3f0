package dev.callflow.benchmarks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.benchmarks.stream.Recording;
import dev.callflow.benchmarks.stream.ReplayServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that all decoders and clients read the same values, so that their speeds can be compared.
 * The expected number is the total number of characters of three header values in all events. It is
 * lower for the peers, since they do not find headers whose names FreeSWITCH capitalises
 * differently.
 */
class SameEventsTests {

  private static final ReplayServer SERVER = new ReplayServer();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          own-borrowed-read, 393348
          own-owned-read, 393348
          own-json-read, 393348
          esl-client-0.9.2, 392473
          freeswitch-esl-2.2.0, 392473
          """)
  void allDecodersReadTheSameValues(String name, long characters) {
    Decoding decoding = Decoding.of(name);
    decoding.pass();
    assertThat(decoding.handled.events()).isEqualTo(Recording.EVENTS);
    assertThat(decoding.handled.characters()).isEqualTo(characters);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          own-borrowed-read, 393348
          own-owned-read, 393348
          own-json-read, 393348
          esl-client-0.9.2, 392473
          freeswitch-esl-2.2.0, 392473
          """)
  void allClientsReadTheSameValues(String name, long characters) throws InterruptedException {
    SocketReceiver receiver = SocketReceiver.of(name, SERVER.port());
    receiver.handled().expect(Recording.EVENTS);
    receiver.play(1);
    receiver.handled().await();
    assertThat(receiver.handled().events()).isEqualTo(Recording.EVENTS);
    assertThat(receiver.handled().characters()).isEqualTo(characters);
  }

  @Test
  void framingFindsAllFrames() {
    Decoding framing = Decoding.of("framing");
    framing.pass();
    assertThat(framing.handled.events()).isEqualTo(Recording.EVENTS);
  }

  @Test
  void bothScansFindAllLineEnds() {
    Decoding scan = Decoding.of("scan");
    Decoding simple = Decoding.of("scan-simple");
    scan.pass();
    simple.pass();
    assertThat(scan.handled.characters()).isEqualTo(simple.handled.characters()).isEqualTo(573_505);
  }
}
