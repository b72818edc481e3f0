package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.setup.UserRights;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients log in at the event socket, and have the rights of their user
 * (docs/spec/event-socket.md#authentication).
 */
@Timeout(300)
class LoginIT {

  private static final String GOODBYE =
      "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws Exception {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .password("secret")
            .accessList(address -> !address.getHostAddress().equals("127.0.0.2"))
            .user(
                "carol@example.com",
                "hers",
                new UserRights(
                    List.of("CUSTOM", "conference::maintenance"), List.of("status"), false))
            .start();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
  }

  /** Greeted. */
  private RawClient client() throws Exception {
    RawClient client = new RawClient(new Socket("127.0.0.1", freeSwitch.esl().getPort()));
    assertThat(client.next().what()).isEqualTo("Content-Type: auth/request");
    return client;
  }

  @Test
  void anAddressThatIsNotOnTheAccessListIsTurnedAway() throws Exception {
    try (RawClient client = RawClient.from("127.0.0.2", freeSwitch)) {
      RawClient.Frame refusal = client.next();
      assertThat(refusal.head()).isEqualTo("Content-Type: text/rude-rejection\nContent-Length: 24");
      assertThat(refusal.body()).isEqualTo("Access Denied, go away.\n");
      RawClient.Frame notice = client.next();
      assertThat(notice.head())
          .isEqualTo("Content-Type: text/disconnect-notice\nContent-Length: 67");
      assertThat(notice.body()).isEqualTo(GOODBYE);
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void othersAreLetInWithThePassword() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("auth secret").what()).isEqualTo("+OK accepted");
    }
  }

  @Test
  void aWrongPasswordIsSaidOnce() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("auth guessed").what()).isEqualTo("-ERR invalid");
      assertThat(client.next().body()).isEqualTo(GOODBYE);
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aUserIsToldHisRights() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("userauth carol@example.com:hers").what())
          .isEqualTo(
              """
              +OK accepted
              Allowed-Events: CUSTOM conference::maintenance
              Allowed-API: status
              Allowed-LOG: false\
              """);
    }
  }

  @Test
  void aUserWithTheWrongPasswordIsTurnedAway() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("userauth carol@example.com:secret").what()).isEqualTo("-ERR invalid");
      assertThat(client.next().body()).isEqualTo(GOODBYE);
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aUserMayDoWhatIsHisAndNothingElse() throws Exception {
    try (RawClient client = client()) {
      client.ask("userauth carol@example.com:hers");

      assertThat(client.ask("api status").head()).startsWith("Content-Type: api/response");
      assertThat(client.ask("event plain CUSTOM conference::maintenance").what())
          .isEqualTo("+OK event listener enabled plain");
      assertThat(client.ask("api hupall").what()).isEqualTo("-ERR permission denied");
      assertThat(client.ask("bgapi status").what()).isEqualTo("-ERR permission denied");
      assertThat(client.ask("event plain DTMF").what()).isEqualTo("-ERR permission denied");
      assertThat(client.ask("log debug").what()).isEqualTo("-ERR permission denied");
    }
  }
}
