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
 * Tests how clients log in to the event socket and which rights users have
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

  /** Connects a client and consumes the greeting. */
  private RawClient client() throws Exception {
    RawClient client = new RawClient(new Socket("127.0.0.1", freeSwitch.esl().getPort()));
    assertThat(client.next().summary()).isEqualTo("Content-Type: auth/request");
    return client;
  }

  @Test
  void anAddressThatIsNotOnTheAccessListIsRejected() throws Exception {
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
  void aListedAddressLogsInWithThePassword() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("auth secret").summary()).isEqualTo("+OK accepted");
    }
  }

  @Test
  void aWrongPasswordEndsTheConnection() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("auth guessed").summary()).isEqualTo("-ERR invalid");
      assertThat(client.next().body()).isEqualTo(GOODBYE);
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aUserReceivesTheirRights() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("userauth carol@example.com:hers").summary())
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
  void aUserWithTheWrongPasswordIsRejected() throws Exception {
    try (RawClient client = client()) {
      assertThat(client.ask("userauth carol@example.com:secret").summary())
          .isEqualTo("-ERR invalid");
      assertThat(client.next().body()).isEqualTo(GOODBYE);
      assertThat(client.next()).isEqualTo(RawClient.Frame.CLOSED);
    }
  }

  @Test
  void aUserIsLimitedToTheirRights() throws Exception {
    try (RawClient client = client()) {
      client.ask("userauth carol@example.com:hers");

      assertThat(client.ask("api status").head()).startsWith("Content-Type: api/response");
      assertThat(client.ask("event plain CUSTOM conference::maintenance").summary())
          .isEqualTo("+OK event listener enabled plain");
      assertThat(client.ask("api hupall").summary()).isEqualTo("-ERR permission denied");
      assertThat(client.ask("bgapi status").summary()).isEqualTo("-ERR permission denied");
      assertThat(client.ask("event plain DTMF").summary()).isEqualTo("-ERR permission denied");
      assertThat(client.ask("log debug").summary()).isEqualTo("-ERR permission denied");
    }
  }
}
