package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomProfile;
import dev.callflow.core.call.Media;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ConferenceConfTests {

  /** The profile parameters that mod_conference reads; it treats hyphens and underscores alike. */
  private static final Set<String> KNOWN_TO_FREESWITCH =
      Set.of(
          ("rate channels domain description interval timer-name tts-engine tts-voice"
                  + " member-enter-sound enter-sound exit-sound alone-sound perpetual-sound"
                  + " moh-sound muted-sound unmuted-sound mute-detect-sound locked-sound"
                  + " is-locked-sound is-unlocked-sound deaf-sound undeaf-sound blind-sound"
                  + " unblind-sound kicked-sound join-only-sound max-members-sound pin-sound"
                  + " bad-pin-sound pin moderator-pin pin-retries energy-level auto-energy-level"
                  + " auto-energy-seconds max-energy-level caller-id-name caller-id-number"
                  + " caller-controls moderator-controls ivr-dtmf-timeout ivr-input-timeout"
                  + " broadcast-chat-messages comfort-noise sound-prefix max-members announce-count"
                  + " suppress-events verbose-events auto-record recording-metadata"
                  + " min-required-recording-participants terminate-on-silence endconf-grace-time"
                  + " member-flags conference-flags cdr-log-dir cdr-event-mode outcall-templ"
                  + " heartbeat-period-sec")
              .split(" "));

  private static final FreeSwitchOptions OPTIONS =
      FreeSwitchOptions.of(
          new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.1", 1), "secret");

  @Test
  void aProfileIsWrittenInTheFormatOfFreeSwitch() throws Exception {
    String xml =
        new ConferenceConf(OPTIONS)
            .xml(
                "wide",
                new RoomProfile(
                    "wide",
                    Map.of("rate", "16000", "caller-controls", "none", "comfort-noise", "1000"),
                    Map.of(
                        "exit-sound", new Media.Prompt("conf-left"),
                        "moh-sound", new Media.HoldMusic(),
                        "kicked-sound", new Media.Prompt("conf-kicked"))));
    Map<String, String> params = params(xml);
    assertThat(params)
        .containsExactly(
            Map.entry("caller-controls", "none"),
            Map.entry("comfort-noise", "1000"),
            Map.entry("kicked-sound", "conference/conf-kicked.wav"),
            Map.entry("moh-sound", "local_stream://moh"),
            Map.entry("rate", "16000"));
    assertThat(KNOWN_TO_FREESWITCH).containsAll(params.keySet());
    Element profile = (Element) parse(xml).getElementsByTagName("profile").item(0);
    assertThat(profile.getAttribute("name")).isEqualTo("wide");
    Element configuration = (Element) parse(xml).getElementsByTagName("configuration").item(0);
    assertThat(configuration.getAttribute("name")).isEqualTo("conference.conf");
    Element group = (Element) parse(xml).getElementsByTagName("group").item(0);
    assertThat(group.getAttribute("name")).isEqualTo("none");
  }

  @Test
  void valuesCannotContainMarkupOrVariables() throws Exception {
    String evil = "\"/><param name=\"pin\" value=\"1\u0001\n${uuid}&'";
    String xml =
        new ConferenceConf(OPTIONS)
            .xml("a\"b<", new RoomProfile("x", Map.of("tts-voice", evil), Map.of()));
    assertThat(xml).doesNotContain("$");
    assertThat(params(xml))
        .containsExactly(Map.entry("tts-voice", "\"/><param name=\"pin\" value=\"1{uuid}&'"));
  }

  @Test
  void parametersThatWriteFilesOrDialAreLeftOut() throws Exception {
    Map<String, String> parameters =
        Map.of(
            "auto-record", "/etc/passwd",
            "cdr-log-dir", "/etc/cron.d",
            "outcall-templ", "{api_on_originate=x}loopback/900555",
            "rate", "8000");
    String xml = new ConferenceConf(OPTIONS).xml("x", new RoomProfile("x", parameters, Map.of()));
    assertThat(params(xml)).containsExactly(Map.entry("rate", "8000"));
  }

  private static Map<String, String> params(String xml) throws Exception {
    Map<String, String> params = new LinkedHashMap<>();
    NodeList list = parse(xml).getElementsByTagName("param");
    for (int i = 0; i < list.getLength(); i++) {
      Element param = (Element) list.item(i);
      params.put(param.getAttribute("name"), param.getAttribute("value"));
    }
    return params;
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
