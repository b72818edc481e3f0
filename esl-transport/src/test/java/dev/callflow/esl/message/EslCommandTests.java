package dev.callflow.esl.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EslCommandTests {

  @Test
  void commandsAreRenderedAsFreeSwitchExpects() {
    assertThat(text(new EslCommand.Auth("Clue Con"))).isEqualTo("auth Clue Con\n\n");
    assertThat(text(new EslCommand.UserAuth("a@b", "c"))).isEqualTo("userauth a@b:c\n\n");
    assertThat(text(new EslCommand.Api("status", ""))).isEqualTo("api status\n\n");
    assertThat(text(new EslCommand.BgApi("originate", "x y", "j1")))
        .isEqualTo("bgapi originate x y\nJob-UUID: j1\n\n");
    assertThat(text(EslCommand.events(List.of("DTMF"), List.of("conference::maintenance"))))
        .isEqualTo("event plain DTMF CUSTOM conference::maintenance\n\n");
    assertThat(text(new EslCommand.NixEvents(List.of("DTMF"), List.of())))
        .isEqualTo("nixevent DTMF\n\n");
    assertThat(text(new EslCommand.Filter("Unique-ID", "a b")))
        .isEqualTo("filter Unique-ID a b\n\n");
    assertThat(text(new EslCommand.FilterDelete("all", ""))).isEqualTo("filter delete all\n\n");
    assertThat(text(new EslCommand.MyEvents(Optional.empty()))).isEqualTo("myevents\n\n");
    assertThat(text(new EslCommand.Linger(OptionalInt.of(5)))).isEqualTo("linger 5\n\n");
    assertThat(text(new EslCommand.Linger(OptionalInt.empty()))).isEqualTo("linger\n\n");
    assertThat(text(new EslCommand.DivertEvents(true))).isEqualTo("divert_events on\n\n");
    assertThat(text(new EslCommand.HangUp(Optional.of("u"), "USER_BUSY")))
        .isEqualTo("sendmsg u\ncall-command: hangup\nhangup-cause: USER_BUSY\n\n");
    assertThat(text(new EslCommand.Connect())).isEqualTo("connect\n\n");
  }

  @Test
  void anApplicationHasAnEventUuidAndAnEventLock() {
    assertThat(text(new EslCommand.Execute(Optional.empty(), "playback", "a.wav", "id", true, 1)))
        .isEqualTo(
            """
            sendmsg
            call-command: execute
            execute-app-name: playback
            Event-UUID: id
            event-lock: true
            execute-app-arg: a.wav

            """);
  }

  @Test
  void anArgumentWithLineBreaksIsSentInTheBodyWithItsLengthInBytes() {
    assertThat(text(new EslCommand.Execute(Optional.empty(), "set", "a=ä\nb", "id", false, 1)))
        .endsWith("content-type: text/plain\nContent-Length: 6\n\na=ä\nb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\n\napi hupall"})
  void noPartCanEndALineOrTheCommand(String hostile) {
    for (EslCommand command :
        List.of(
            new EslCommand.Auth(hostile),
            new EslCommand.Api("status", hostile),
            new EslCommand.BgApi(hostile, "", "j"),
            new EslCommand.Filter("A", hostile),
            new EslCommand.GetVar(hostile),
            new EslCommand.HangUp(Optional.empty(), hostile),
            new EslCommand.Execute(Optional.of(hostile), "set", "", "id", true, 1),
            new EslCommand.Execute(Optional.empty(), hostile, "", "id", true, 1),
            new EslCommand.SendEvent("X", Map.of("A", hostile), ""))) {
      assertThatThrownBy(command::render).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void secretsAreMaskedInToString() {
    assertThat(new EslCommand.Auth("secret").toString()).doesNotContain("secret");
    assertThat(new EslCommand.UserAuth("u", "secret").toString()).doesNotContain("secret");
    String dialled = "{callflow_token=c0ffee,a=b,sip_auth_password='x, y'}sofia/internal/bob &park";
    assertThat(new EslCommand.BgApi("originate", dialled, "job"))
        .hasToString(
            "BgApi[originate {callflow_token=***,a=b,sip_auth_password=***}sofia/internal/bob"
                + " &park, job]");
    assertThat(new EslCommand.Api("originate", "{^^~callflow_token=c0ffee~a=b}x"))
        .hasToString("Api[originate {^^~callflow_token=***~a=b}x]");
  }

  @Test
  void aJobIdThatWouldBreakTheFramingIsRefused() {
    assertThatThrownBy(() -> new EslCommand.BgApi("a", "", "x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(EslCommand command) {
    return new String(command.render(), StandardCharsets.UTF_8);
  }

  @Test
  void aContentLengthHeaderIsRefused() {
    EslCommand command = new EslCommand.SendEvent("CUSTOM", Map.of("content-length", "12"), "");

    assertThatIllegalArgumentException().isThrownBy(command::render);
  }

  @Test
  void mediaAndExtensionCommandsAreRendered() {
    InetSocketAddress here = new InetSocketAddress("127.0.0.1", 8025);
    InetSocketAddress there = new InetSocketAddress("127.0.0.1", 8026);

    assertThat(text(new EslCommand.NoMedia(Optional.of("a"), "b")))
        .isEqualTo("sendmsg a\ncall-command: nomedia\nnomedia-uuid: b\n\n");
    assertThat(text(new EslCommand.Unicast(Optional.empty(), here, there, "udp", "native")))
        .isEqualTo(
            "sendmsg\ncall-command: unicast\nlocal-ip: 127.0.0.1\nlocal-port: 8025\n"
                + "remote-ip: 127.0.0.1\nremote-port: 8026\ntransport: udp\nflags: native\n\n");
    assertThat(
            text(
                new EslCommand.TransferToExtension(
                    Optional.empty(), List.of("answer", "playback hello.wav"))))
        .isEqualTo(
            "sendmsg\ncall-command: xferext\napplication: answer\n"
                + "application: playback hello.wav\n\n");
  }
}
