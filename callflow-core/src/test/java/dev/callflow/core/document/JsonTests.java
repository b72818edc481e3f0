package dev.callflow.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** How leniently documents are read. */
class JsonTests {

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "'\"true\"',true", "'\"false\"',false"})
  void aBooleanMayBeAString(String value, boolean read) {
    assertThat(Json.bool(Json.read("{\"a\":" + value + "}"), "a")).contains(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"yes\"", "\"TRUE\"", "null", "[]", "\"\""})
  void otherValuesAreNotReadAsBooleans(String value) {
    assertThat(Json.bool(Json.read("{\"a\":" + value + "}"), "a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7,7", "-7,-7", "'\"7\"',7", "'\"-007\"',-7"})
  void anIntegerMayBeAString(String value, int read) {
    assertThat(Json.integer(Json.read("{\"a\":" + value + "}"), "a")).contains(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.5", "\"7.5\"", "3000000000", "\"3000000000\"", "true", "\"\"", "null"})
  void otherValuesAreNotReadAsIntegers(String value) {
    assertThat(Json.integer(Json.read("{\"a\":" + value + "}"), "a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "7", "null", "{}"})
  void anEmptyStringOrAnotherTypeIsNotReadAsText(String value) {
    assertThat(Json.text(Json.read("{\"a\":" + value + "}"), "a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "[1,]", "{'a':1}", "{\"a\":"})
  void ambiguousAndIncompleteJsonIsRefused(String text) {
    assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Json.read(text));
  }

  @Test
  void aSyntaxErrorIsLocatedByLineAndColumn() {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> Json.read("{\n  \"a\": x}"))
        .matches(e -> Json.where(e).startsWith("line 2, column "));
  }

  @Test
  void aValueThatCannotBeStoredIsReportedWithItsPointer() {
    assertThat(Json.unusable(Json.read("{\"a\":[0,{\"b/c\":[1,\"x\",\"\\ud83d\"]}]}")))
        .hasToString("Optional[/a/1/b~1c/2: must not contain an unpaired surrogate]");
    assertThat(Json.unusable(Json.object().set("a", Json.object().put("\ude00", 1))))
        .hasToString("Optional[/a: must not have a key with an unpaired surrogate]");
    assertThat(Json.unusable(Json.read("{\"a\":[1e400]}")))
        .hasToString("Optional[/a/0: must be a number between -1.8e308 and 1.8e308]");
    assertThat(Json.unusable(Json.read("{\"\\ud83d\\ude00\":[\"\\ud83d\\ude00\",1e308]}")))
        .isEmpty();
  }

  @Test
  void anObjectIsReadAsAnObjectAndNothingElse() {
    assertThat(Json.readObject("{\"a\":1}").path("a").intValue()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.readObject("[1]"))
        .withMessage("the JSON must be an object, but is of type ARRAY");
  }
}
