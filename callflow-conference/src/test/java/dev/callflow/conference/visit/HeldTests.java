package dev.callflow.conference.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTests {

  private final List<String> givenBack = new ArrayList<>();
  private final Held held = new Held();

  @Test
  void theLatestLeaseIsGivenBackFirst() {
    held.add(() -> givenBack.add("seat"));
    held.add(() -> givenBack.add("sounds"));

    held.close();

    assertThat(givenBack).containsExactly("sounds", "seat");
  }

  @Test
  void noLeaseIsGivenBackTwice() {
    held.add(() -> givenBack.add("seat"));

    held.close();
    held.close();

    assertThat(givenBack).containsExactly("seat");
  }

  @Test
  void aLeaseAddedAfterClosingIsGivenBackByTheNextClose() {
    held.add(() -> givenBack.add("seat"));
    held.close();

    held.add(() -> givenBack.add("another seat"));
    held.close();

    assertThat(givenBack).containsExactly("seat", "another seat");
  }

  @Test
  void aDroppedLeaseIsNotGivenBack() {
    Runnable deletion = () -> givenBack.add("recording");
    held.add(() -> givenBack.add("seat"));
    held.add(deletion);

    held.drop(deletion);
    held.close();

    assertThat(givenBack).containsExactly("seat");
  }

  @Test
  void theOtherLeasesAreGivenBackEvenIfOneFails() {
    held.add(() -> givenBack.add("seat"));
    held.add(() -> {
      throw new IllegalStateException("broken");
    });

    held.close();

    assertThat(givenBack).containsExactly("seat");
  }
}
