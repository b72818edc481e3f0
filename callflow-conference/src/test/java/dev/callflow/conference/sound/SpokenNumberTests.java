package dev.callflow.conference.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.Media;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenNumberTests {

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "13,13",
    "20,20",
    "21,20 1",
    "90,90",
    "100,1 hundred",
    "115,1 hundred 15",
    "742,7 hundred 40 2",
    "0,",
    "1000,"
  })
  void numbersAreComposedOfRecordedDigits(int number, String words) {
    List<String> expected =
        words == null
            ? List.of()
            : List.of(words.split(" ")).stream().map(word -> "digits-" + word).toList();
    assertThat(SpokenNumber.of(number, "en-us")).extracting(Media::name).isEqualTo(expected);
  }
}
