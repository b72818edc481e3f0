package dev.callflow.simulator.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.event.WireEvent;
import dev.callflow.simulator.wire.setup.UserRights;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCommandsTests {

  private final List<String> steps = new ArrayList<>();
  private final SessionState state = new SessionState(Optional.empty());

  private final SessionCommands commands =
      new SessionCommands(
          state,
          new NoSwitch(),
          new SessionCommands.Replies() {
            @Override
            public void reply(String text) {
              steps.add(text);
            }

            @Override
            public void answer(String head, byte[] body) {
              steps.add(head);
            }

            @Override
            public void send(String head, byte[] body) {
              steps.add(head);
            }

            @Override
            public void leave() {
              steps.add("left");
            }
          },
          () -> steps.add("receives events"));

  private void run(String command) throws IOException {
    InputStream in = new ByteArrayInputStream((command + "\n\n").getBytes(StandardCharsets.UTF_8));
    commands.run(WireCommand.read(WireCommand.begin(in), in));
  }

  @Test
  void aClientReceivesEventsBeforeTheReplyToItsSubscription() throws IOException {
    state.authorise();

    run("event plain CUSTOM conference::maintenance");
    run("myevents 5ba2ed8b");

    assertThat(steps)
        .containsExactly(
            "receives events",
            "+OK event listener enabled plain",
            "receives events",
            "+OK Events Enabled");
  }

  /** A switch on which the tested commands have no effect. */
  private static final class NoSwitch implements CommandTarget {

    @Override
    public boolean accepts(String password) {
      return false;
    }

    @Override
    public Optional<UserRights> user(String name, String password) {
      return Optional.empty();
    }

    @Override
    public String api(String line) {
      return "";
    }

    @Override
    public void background(String line, String job) {}

    @Override
    public SentMessage message(Optional<String> channel, WireCommand command, boolean inItsThread) {
      return new SentMessage("-ERR", () -> {});
    }

    @Override
    public Optional<WireEvent> channelData(String channel) {
      return Optional.empty();
    }

    @Override
    public void parked(String channel) {}

    @Override
    public Optional<String> variable(String channel, String name) {
      return Optional.empty();
    }

    @Override
    public String fire(WireCommand command) {
      return "";
    }
  }
}
