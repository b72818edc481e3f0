package dev.callflow.conference.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialledEndpoint;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The result of an action can be stored in a variable of the room and read back unchanged. */
class KeptResultTests {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aStoredResultIsReadBackUnchanged() {
    for (ActionResult result :
        List.of(
            new ActionResult.Done(List.of()),
            new ActionResult.Done(
                List.of(new DialledEndpoint("1002", "call", "job", true, "it is"))),
            new ActionResult.Refused(ActionResult.Reason.NOT_POSSIBLE, "x", "", "full"))) {
      KeptResult kept = new KeptResult(NOW, "f", result);
      String text = kept.text().orElseThrow();
      assertThat(text).matches("[A-Za-z0-9_-]+");
      assertThat(KeptResult.read(text)).contains(kept);
    }
  }

  @Test
  void anUnknownResultIsNotStored() {
    assertThat(new KeptResult(NOW, "f", new ActionResult.Unknown("no answer")).text()).isEmpty();
  }

  @Test
  void aLongResultIsNotStored() {
    List<DialledEndpoint> rows =
        Collections.nCopies(200, new DialledEndpoint("1002", "c".repeat(36), "j", true, "m"));
    assertThat(new KeptResult(NOW, "f", new ActionResult.Done(rows)).text()).isEmpty();
  }

  @Test
  void otherTextIsNotReadAsAResult() {
    assertThat(KeptResult.read("%%%")).isEmpty();
    assertThat(KeptResult.read("bm90IGpzb24")).isEmpty();
  }

  @Test
  void equalActionsHaveTheSameFingerprintWhateverTheOrderOfTheirMaps() {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("a", "1");
    one.put("b", "2");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("b", "2");
    other.put("a", "1");
    assertThat(KeptResult.fingerprint(new ConferenceAction.SetVariables(one, true)))
        .isEqualTo(KeptResult.fingerprint(new ConferenceAction.SetVariables(other, true)))
        .isNotEqualTo(KeptResult.fingerprint(new ConferenceAction.SetVariables(one, false)));
    assertThat(KeptResult.fingerprint(new ConferenceAction.Lock(true)))
        .isNotEqualTo(KeptResult.fingerprint(new ConferenceAction.Lock(false)));
  }
}
