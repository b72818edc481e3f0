package dev.callflow.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.journal.Journal;
import dev.callflow.core.document.Json;
import dev.callflow.testkit.journal.JournalReplay;
import dev.callflow.testkit.replay.run.CaseRun;
import dev.callflow.testkit.replay.run.CaseSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every case can be recorded in a journal and replayed from it, and no journal contains a PIN. */
@Isolated("the cases check everything that the process logs")
class JournaledCasesTests {

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.callflow.testkit.replay.CasesTests#cases")
  void replayingTheJournalOfACaseGivesTheSameDecisionsAndItContainsNoPin(Path path)
      throws Exception {
    CaseFile file = CaseFile.read(path);
    Path written = folder.resolve("journal.jsonl");
    List<Journal> journals = new ArrayList<>();
    CaseRun.of(
        file.script(),
        List.of(),
        List::of,
        time -> {
          try {
            journals.add(Journal.open(written, time, false));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Optional.of(journals.getLast());
        });
    journals.forEach(Journal::close);

    JournalReplay.Result result =
        JournalReplay.run(
            written,
            CaseSetup.store(file.script().given()),
            Optional.empty(),
            file.script().given().mayPlay());

    assertThat(result.difference()).as(file.name() + "\n" + Files.readString(written)).isEmpty();
    assertThat(result.calls()).isGreaterThanOrEqualTo(file.script().calls().size());
    assertThat(written(written)).noneMatch(pins(file)::contains);
  }

  /** Returns every string in the journal, and all keys of each call joined together. */
  private static List<String> written(Path journal) throws IOException {
    List<JsonNode> lines = Files.readString(journal).lines().map(Json::read).toList();
    List<String> all = new ArrayList<>();
    lines.forEach(line -> line.valueStream().forEach(value -> all.add(value.asString(""))));
    lines.stream()
        .filter(line -> line.has("keys"))
        .collect(
            Collectors.groupingBy(
                line -> line.path("call").asString(),
                Collectors.mapping(line -> line.path("keys").asString(), Collectors.joining())))
        .values()
        .stream()
        .flatMap(keys -> Stream.of(keys.split("[?*#]+")))
        .forEach(all::add);
    return all;
  }

  /**
   * Returns the PINs of a case. PINs of one or two digits are left out, because other digits in the
   * journal could match them by chance.
   */
  private static List<String> pins(CaseFile file) {
    return file.script().given().accounts().stream()
        .flatMap(account -> account.documents().stream())
        .flatMap(document ->
            Stream.of("member", "moderator")
                .flatMap(kind -> document.body().path(kind).path("pins").valueStream()))
        .map(pin -> pin.asString(""))
        .filter(pin -> pin.length() > 2)
        .toList();
  }
}
