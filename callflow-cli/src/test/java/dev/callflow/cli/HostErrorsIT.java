package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an operator reads if an address or a password is wrong. */
@Execution(ExecutionMode.CONCURRENT)
class HostErrorsIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine(Map.of(), arguments)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static String address(int port) {
    return "127.0.0.1:" + port;
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheOptionThatChangesIt() throws IOException {
    try (ServerSocket taken = listening()) {
      String place = address(taken.getLocalPort());
      String reason = " at " + place + ": another program uses the port; choose another address";
      assertThat(run("host", "--data", "../examples/data", "--listen", place)).isEqualTo(2);
      assertThat(
              run("host", "--data", "../examples/data", "--listen", "127.0.0.1:0", "--http", place))
          .isEqualTo(2);
      assertThat(run("simulate", "--esl", place)).isEqualTo(2);
      assertThat(err.toString().lines())
          .containsExactly(
              "cannot listen for calls" + reason + " with --listen",
              "cannot serve the API" + reason + " with --http",
              "cannot listen for event-socket clients" + reason + " with --esl");
    }
  }

  @Test
  void aWrongPasswordIsNotTakenForAFreeSwitchThatIsDown() throws Exception {
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().password("right").start()) {
      String place = address(freeSwitch.esl().getPort());
      prints(
          place,
          "FreeSWITCH at "
              + place
              + " refused the password; set the password of its event_socket.conf.xml with"
              + " --password-file or CALLFLOW_PASSWORD");
    }
  }

  @Test
  void aFreeSwitchThatIsDownIsNamedWithTheReason() throws Exception {
    // A socket that is bound and does not listen keeps the port from other programs.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress("127.0.0.1", 0));
      String place = address(bound.getLocalPort());
      prints(
          place,
          "cannot connect to FreeSWITCH at "
              + place
              + ": Connection refused; is it running, is mod_event_socket loaded, and is"
              + " --freeswitch right?");
    }
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThat(run("simulate", "--esl", "127.0.0.1:0", "--script", "nosuch.txt")).isEqualTo(2);
    assertThat(run("host", "--data", "../examples/data", "--journal", "nosuch/folder/j"))
        .isEqualTo(2);
    assertThat(run("replay", "nosuch.case.json")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "nosuch.txt: does not exist",
            "cannot write the journal: nosuch/folder/j (No such file or directory)",
            "nosuch.case.json: does not exist");
  }

  /** Runs a host, which never connects, until it has printed an error. */
  private void prints(String freeSwitch, String error) throws InterruptedException {
    Thread host =
        Thread.ofPlatform()
            .start(() ->
                run(
                    "host",
                    "--data",
                    "../examples/data",
                    "--listen",
                    "127.0.0.1:0",
                    "--freeswitch",
                    freeSwitch,
                    "--password",
                    "wrong"));
    try {
      Eventually.passes(() -> assertThat(err.toString()).contains(error));
      assertThat(err.toString()).doesNotContain("wrong", "\tat ");
    } finally {
      host.interrupt();
      host.join(Eventually.LIMIT);
    }
    assertThat(host.isAlive()).isFalse();
  }
}
