package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.model.FarEnd;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIP calls, whose headers are compared with those of a real FreeSWITCH. */
@Timeout(300)
class SipCallsIT {

  /** The headers that the simulator leaves out: session timers, media and clean-up. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "variable_((video|audio|text)_media_flow|sip_invite_stamp|sip_Remote-Party-ID|sip_cid_type"
              + "|sip_full_via|sip_allow|sip_req_port|sip_to_port|rtp_use_codec_string|sip_via_rport"
              + "|switch_r_sdp|ep_codec_string|current_application.*|socket_host)");

  private ServerSocket application;
  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws Exception {
    application = RawClient.application();
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .application(new InetSocketAddress("127.0.0.1", application.getLocalPort()))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    freeSwitch.close();
    application.close();
  }

  private RawClient.Frame data(SipInvite invite) throws Exception {
    freeSwitch.call(invite);
    try (RawClient client = new RawClient(application.accept())) {
      RawClient.Frame data = client.ask("connect");
      return new RawClient.Frame(
          URLDecoder.decode(data.head().replace("+", "%2B"), StandardCharsets.UTF_8), data.body());
    }
  }

  private static List<String> recorded() throws Exception {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                SipCallsIT.class.getResourceAsStream("/sip-call-headers.txt"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#") && !LEFT_OUT.matcher(line).matches())
          .toList();
    }
  }

  @Test
  void theChannelDataHaveTheHeadersOfARealSipCall() throws Exception {
    RawClient.Frame data =
        data(
            SipInvite.of("1003", "Alice", "3000")
                .header("X-Account", "acme")
                .header("X-Tenant", "b"));

    List<String> names =
        data.head().lines().filter(it -> it.contains(": ")).map(it -> it.split(": ")[0]).toList();
    assertThat(names).containsAll(recorded());
    assertThat(recorded()).containsAll(names);
  }

  @Test
  void theHeadersDescribeTheCallerAndTheRequest() throws Exception {
    RawClient.Frame data =
        data(
            SipInvite.of("1003", "Alice", "3000")
                .realm("acme.example.com")
                .address("198.51.100.4")
                .header("X-Account", "acme")
                .header("Subject", "not a variable"));

    assertThat(data.header("Channel-Name")).isEqualTo("sofia/internal/1003@acme.example.com");
    assertThat(data.header("Caller-Source")).isEqualTo("mod_sofia");
    assertThat(data.header("Caller-Dialplan")).isEqualTo("XML");
    assertThat(data.header("Caller-Username")).isEqualTo("1003");
    assertThat(data.header("Caller-Network-Addr")).isEqualTo("198.51.100.4");
    assertThat(data.header("variable_sip_req_host")).isEqualTo("acme.example.com");
    assertThat(data.header("variable_sip_to_uri")).isEqualTo("3000@acme.example.com");
    assertThat(data.header("variable_sip_network_ip")).isEqualTo("198.51.100.4");
    assertThat(data.header("variable_sip_contact_uri")).isEqualTo("1003@198.51.100.4:5060");
    assertThat(data.header("variable_sip_h_X-Account")).isEqualTo("acme");
    assertThat(data.head()).doesNotContain("not a variable");
  }

  @Test
  void keysOfATelephoneComeFromItsRtpStream() throws Exception {
    SimulatedCaller alice = freeSwitch.call(SipInvite.of("1003", "Alice", "park"));
    try (RawClient client = RawClient.of(freeSwitch)) {
      client.ask("event plain DTMF");
      freeSwitch.model().press(alice.uuid(), '5', Duration.ofMillis(120));

      RawClient.Frame dtmf = client.next();
      assertThat(dtmf.header("DTMF-Digit")).isEqualTo("5");
      assertThat(dtmf.header("DTMF-Duration")).isEqualTo("960");
      assertThat(dtmf.header("DTMF-Source")).isEqualTo("RTP");
      assertThat(dtmf.header("Channel-Read-Codec-Name")).isEqualTo("PCMU");
    }
  }

  @Test
  void aDialledTelephoneHasASipChannelToo() throws Exception {
    freeSwitch.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ZERO));
    try (RawClient client = RawClient.of(freeSwitch)) {
      client.ask("event plain CHANNEL_ANSWER");
      client.send("bgapi originate sofia/external/sip:bob@example.com &park()");
      client.next();

      RawClient.Frame answer = client.next();
      assertThat(answer.header("Channel-Name")).isEqualTo("sofia/external/bob@example.com");
      assertThat(answer.header("Caller-Source")).isEqualTo("mod_sofia");
    }
  }
}
