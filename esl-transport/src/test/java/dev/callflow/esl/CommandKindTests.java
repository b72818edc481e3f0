package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.message.EslCommand;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CommandKindTests {

  @Test
  void commandKindsHaveStableNames() {
    List<EslCommand> commands =
        List.of(
            new EslCommand.Auth("secret"),
            new EslCommand.Api("status", ""),
            new EslCommand.BgApi("status", "", "job"),
            EslCommand.events(List.of("ALL"), List.of()),
            EslCommand.execute("answer", ""),
            new EslCommand.MyEvents(Optional.empty()),
            new EslCommand.Linger(OptionalInt.empty()),
            new EslCommand.Connect(),
            new EslCommand.Noop());

    assertThat(commands.stream().map(CommandKind::of))
        .containsExactly(
            "Auth", "Api", "BgApi", "Events", "Execute", "MyEvents", "Linger", "Connect", "Noop");
  }
}
