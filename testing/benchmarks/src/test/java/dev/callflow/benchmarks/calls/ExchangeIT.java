package dev.callflow.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.conference.RoomView;
import dev.callflow.core.document.Json;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The benchmark's switch does what the library expects of FreeSWITCH. */
class ExchangeIT {

  @Test
  void callersWhoHangUpLeaveTheRoom() throws Exception {
    try (Exchange exchange = new Exchange();
        OwnCalls library = OwnCalls.start(exchange.controlPort(), 0, 1)) {
      exchange.hold(library.port());
      exchange.oneAfterTheOther(library.port(), 20, 4);

      Eventually.passes(() -> assertThat(participants(library)).isEqualTo(1));
      exchange.hangUp();
      Eventually.passes(() -> assertThat(participants(library)).isZero());
    }
  }

  private static int participants(OwnCalls library) {
    return library.conference().view().map(RoomView::participants).map(it -> it.size()).orElse(0);
  }

  @Test
  void theListOfRoomsContainsThoseWhoAreInside() throws Exception {
    try (Exchange exchange = new Exchange();
        OwnCalls library = OwnCalls.start(exchange.controlPort(), 0, 1);
        EslClient client =
            new EslClient(
                EslClientOptions.builder(Sockets.local(exchange.controlPort()))
                    .password("ClueCon")
                    .build())) {
      client.start().awaitConnected(Duration.ofMinutes(2));
      Duration timeout = Duration.ofMinutes(2);
      assertThat(client.bgapi("conference", "json_list", timeout))
          .isEqualTo("+OK No active conferences.\n");

      exchange.hold(library.port(), 3);

      String rooms = client.bgapi("conference", "json_list", timeout);
      String room = Json.read(rooms).path(0).path("conference_name").asString("");
      String listed = client.bgapi("conference", room + " json_list", timeout);
      assertThat(Json.read(listed).path(0).path("members")).hasSize(3);
    }
  }

  @Test
  void aRoundFailsIfTheApplicationHangsUpCallsBeforeTheyEnter() throws Exception {
    try (Exchange exchange = new Exchange(2);
        OwnCalls library = OwnCalls.start(exchange.controlPort(), 0, 1)) {
      assertThatThrownBy(() -> exchange.oneAfterTheOther(library.port(), 10, 2))
          .hasMessage(
              "5 of 10 calls did not enter the conference. The application hung up with"
                  + " UNALLOCATED_NUMBER after \"connected\": 5.");
    }
  }
}
