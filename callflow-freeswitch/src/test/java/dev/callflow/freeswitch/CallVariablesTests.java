package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.message.EslEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallVariablesTests {

  private final Map<String, String> variables =
      CallAccess.withoutProof(
          EslEvent.of(
              EslEvent.Format.PLAIN,
              """
              Unique-ID: 7c4366ce-7036-40cd-890b-51295859190f
              variable_callflow_account_id: acme
              variable_callflow_token: bb578ef74b78c536d70645b87d0dee9c
              variable_callflow_secret: a-secret-of-this-test
              variable_name: Ann%20Example

              """
                  .getBytes(StandardCharsets.UTF_8)));

  @Test
  void theyAreTheVariablesOfTheChannelData() {
    assertThat(variables)
        .isEqualTo(Map.of("callflow_account_id", "acme", "name", "Ann Example"))
        .containsEntry("name", "Ann Example");
  }

  @Test
  void theProofOfTheCallIsNotOneOfThem() {
    assertThat(variables.get("callflow_token")).isNull();
    assertThat(variables).doesNotContainKey("callflow_token");
  }

  @Test
  void namesAreCaseSensitive() {
    assertThat(variables.get("NAME")).isNull();
  }
}
