package dev.callflow.conference.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Media;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerTests {

  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void promptsAreInTheSwitchsLanguageByDefault() {
    assertThat(bed.visitor("ann").caller().prompt("conf-welcome"))
        .isEqualTo(new Media.Prompt("conf-welcome", ""));
  }

  @Test
  void theLanguageOfTheElementsConfigurationOverridesTheAccounts() {
    bed.account("{\"language\":\"fr-fr\"}");

    assertThat(bed.visitor("ann").element("{\"config\":{\"language\":\"de-de\"}}").caller())
        .returns("de-de", Caller::language);
    assertThat(bed.visitor("bob").element("{\"config\":{}}").caller())
        .returns("fr-fr", Caller::language);
  }

  @Test
  void theAccountsLanguageOverridesTheSystems() {
    bed.system("{\"language\":\"es-es\"}");
    assertThat(bed.visitor("ann").caller().language()).isEqualTo("es-es");

    bed.account("{\"language\":\"fr-fr\"}");
    assertThat(bed.visitor("bob").caller().language()).isEqualTo("fr-fr");
  }

  @Test
  void anInvalidLanguageIsIgnored() {
    assertThat(bed.visitor("ann").element("{\"config\":{\"language\":\"../../etc\"}}").caller())
        .returns("", Caller::language);
    assertThat(
            bed.visitor("bob")
                .element("{\"config\":{\"language\":\"abcdefghijklmnopq\"}}")
                .caller())
        .returns("", Caller::language);
  }

  @Test
  void aRefusalBeforeAConferenceIsFoundNamesNoConference() {
    assertThat(bed.visitor("ann").caller().refuse(ConferenceOutcome.NOT_FOUND, "conf-bad_conf"))
        .isEqualTo(
            new Refusal(
                ConferenceOutcome.NOT_FOUND,
                List.of(new Media.Prompt("conf-bad_conf")),
                Optional.empty()));
  }
}
