package dev.callflow.freeswitch.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.Position;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslTimeoutException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the calls of an earlier process are transferred to this host. */
class TakeBackTests {

  private static final String CORE = "core-1";
  private static final InetSocketAddress CALLS = InetSocketAddress.createUnresolved("h", 8084);

  private final Positions positions = new Positions(PositionKey.random(), InstantSource.system());
  private final List<String> transferred = new ArrayList<>();
  private boolean linkIsDown;

  private final TakeBack takeBack =
      new TakeBack(
          this::run,
          "local_stream://moh",
          TimeSource.system(),
          uuid -> uuid.matches("[a-z0-9-]+"),
          call -> false);

  private String run(String command, String arguments) {
    return switch (command) {
      case "show" ->
          """
          {"rows": [
            {"uuid": "at-the-prompt", "application": "playback"},
            {"uuid": "in-a-room", "application": "conference"},
            {"uuid": "x; shutdown", "application": "playback"}]}
          """;
      case "uuid_getvar" -> positions.sign(arguments.split(" ")[0], CORE, position());
      case "uuid_transfer" -> {
        if (linkIsDown) {
          throw new EslTimeoutException("the link is down");
        }
        transferred.add(arguments.split(" ")[0]);
        yield "+OK";
      }
      default -> "+OK";
    };
  }

  private static Position position() {
    return new Position(
        new AccountId("acme"), "2000", new Position.Place("c", "/flow"), List.of(), Map.of());
  }

  @Test
  void onlyCallsOutsideOfRoomsAreTransferred() {
    takeBack.run(positions, CORE, CALLS);

    assertThat(transferred).containsExactly("at-the-prompt");
  }

  @Test
  void aCallThatCouldNotBeTransferredIsTransferredByTheNextRun() {
    linkIsDown = true;
    takeBack.run(positions, CORE, CALLS);
    linkIsDown = false;

    takeBack.run(positions, CORE, CALLS);

    assertThat(transferred).containsExactly("at-the-prompt");
  }
}
