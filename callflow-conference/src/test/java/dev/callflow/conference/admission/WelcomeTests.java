package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How callers are greeted. */
class WelcomeTests {

  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aCallerIsGreetedByDefault() {
    bed.room("{}");

    assertThat(greeted("{\"id\":\"room\"}")).containsExactly("conf-welcome");
  }

  @Test
  void theDocumentCanSwitchTheGreetingOff() {
    bed.room("{\"play_welcome\":false}");

    assertThat(greeted("{\"id\":\"room\"}")).isEmpty();
  }

  @Test
  void theElementOverridesTheDocument() {
    bed.room("{\"play_welcome\":false}");
    assertThat(greeted("{\"id\":\"room\",\"welcome_prompt\":{\"play\":true}}"))
        .containsExactly("conf-welcome");

    bed.room("{\"play_welcome\":true}");
    assertThat(greeted("{\"id\":\"room\",\"welcome_prompt\":{\"play\":false}}")).isEmpty();
  }

  @Test
  void theConfigurationAppliesUntilAConferenceIsFound() {
    assertThat(greetedBeforeTheNumber("{\"config\":{\"play_welcome\":false}}")).isEmpty();
    assertThat(greetedBeforeTheNumber("{\"config\":{}}")).containsExactly("conf-welcome");
  }

  @Test
  void theConferenceAppliesInsteadOfTheConfigurationOnceItIsFound() {
    bed.room("{}");

    assertThat(greeted("{\"id\":\"room\",\"config\":{\"play_welcome\":false}}"))
        .containsExactly("conf-welcome");
  }

  @Test
  void theElementCanNameTheGreetingsMedia() {
    bed.room("{}").document(DocumentType.MEDIA, "hello", "{}");

    assertThat(greeted("{\"id\":\"room\",\"welcome_prompt\":{\"media_id\":\"hello\"}}"))
        .containsExactly("media:hello");
  }

  @Test
  void mediaThatTheAccountMayNotUseAreReplacedByThePrompt() {
    bed.room("{}");

    assertThat(greeted("{\"id\":\"room\",\"welcome_prompt\":{\"media_id\":\"/etc/passwd\"}}"))
        .containsExactly("conf-welcome");
  }

  @Test
  void theGreetingIsInTheLanguageOfTheConference() {
    bed.account("{\"language\":\"fr-fr\"}").room("{\"language\":\"de-de\"}");

    assertThat(greeted("{\"id\":\"room\"}")).containsExactly("conf-welcome (de-de)");
    assertThat(greetedBeforeTheNumber("{}")).containsExactly("conf-welcome (fr-fr)");
  }

  @Test
  void theFirstKeyEndsTheGreetingAndIsKeptForTheNextQuestion() {
    bed.room("{}");
    Visitor ann = bed.visitor("ann");
    ann.leg().replies("conf-welcome", "7");

    bed.run(() -> new Welcome().greet(ann.caller(), Optional.of(ann.target())));

    assertThat(bed.time.elapsed()).isZero();
    assertThat(bed.run(() -> ann.call().nextKey(Duration.ofSeconds(1)))).contains('7');
  }

  @Test
  void theConferenceFoundIsPassedOn() {
    bed.room("{}");
    Visitor ann = bed.visitor("ann");
    Optional<Target> found = Optional.of(ann.target());

    assertThat(bed.run(() -> new Welcome().greet(ann.caller(), found))).isSameAs(found);
  }

  private List<String> greeted(String element) {
    Visitor ann = bed.visitor("ann").element(element);
    bed.run(() -> new Welcome().greet(ann.caller(), Optional.of(ann.target())));
    return ann.leg().heard();
  }

  private List<String> greetedBeforeTheNumber(String element) {
    Visitor ann = bed.visitor("ann").element(element);
    bed.run(() -> new Welcome().greet(ann.caller(), Optional.empty()));
    return ann.leg().heard();
  }
}
