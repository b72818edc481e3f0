package dev.callflow.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTests {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=0-99,0,100",
    "bytes=10-,10,90",
    "bytes=10-19,10,10",
    "bytes=90-1000,90,10",
    "bytes=-1,99,1",
    "bytes=-100,0,100",
    "bytes=-1000,0,100",
    "bytes=0-999999999999999999,0,100",
    "' bytes=1-2 ',1,2"
  })
  void aRangeIsAPartOfTheFile(String header, long from, long length) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange.Part(from, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=999999999999999999-", "bytes=-0"})
  void aRangeBehindTheEndCannotBeSatisfied(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange.NotSatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=0-1,3-4",
        "bytes=0-1,",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=1.5-2",
        "bytes=0x1-2",
        "bytes=1-99999999999999999999999999",
        "lines=0-1",
        "0-1",
        "bytes 0-1/100"
      })
  void nonsenseAndSeveralRangesAreTheWholeFile(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1"})
  void anEmptyFileHasNoRanges(String header) {
    assertThat(ByteRange.of(header, 0)).isEqualTo(new ByteRange.NotSatisfiable());
  }
}
