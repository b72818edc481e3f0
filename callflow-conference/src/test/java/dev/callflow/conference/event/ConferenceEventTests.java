package dev.callflow.conference.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.core.call.CallId;
import dev.callflow.core.limit.LimitEvent;
import dev.callflow.published.EveryEvent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Each published event has a record, whose JSON agrees with it. */
class ConferenceEventTests {

  private static final Path SPECIFICATION = Path.of("../docs/spec/events.md");
  private static final Path ROOMS = Path.of("../docs/rooms.md");

  @Test
  void eachRecordHasATypeOfItsOwn() {
    assertThat(EveryEvent.ALL)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(records());
    assertThat(EveryEvent.ALL)
        .extracting(ConferenceEvent::type)
        .containsExactlyInAnyOrder(EventType.values());
  }

  @Test
  void theDocumentedEventsAreThoseThatHaveARecord() throws IOException {
    assertThat(documented())
        .containsExactlyInAnyOrderElementsOf(
            EveryEvent.ALL.stream().map(ConferenceEvent::name).toList());
  }

  @Test
  void thePageOnLiveRoomsNamesTheRecordOfEachEvent() throws IOException {
    List<String> named = new ArrayList<>();
    for (String row : rows(ROOMS, "| Event | Record | When |")) {
      List<String> names = code(row, 1);
      List<String> records = code(row, 2);
      assertThat(records).as(row).hasSameSizeAs(names);
      for (int i = 0; i < names.size(); i++) {
        named.add(names.get(i) + " " + records.get(i));
      }
    }
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            EveryEvent.ALL.stream()
                .map(event -> event.name() + " " + event.getClass().getSimpleName())
                .toList());
  }

  @Test
  void theJsonOfEachEventHasTheValuesOfItsHeader() {
    for (ConferenceEvent event : EveryEvent.ALL) {
      ObjectNode json = event.json();
      assertThat(json.path("event").asString()).isEqualTo(event.name());
      assertThat(json.path("event_name").asString()).isEqualTo(event.type().routingKey());
      assertThat(json.path("account_id").asString()).isEqualTo("acme");
      assertThat(json.path("conference_id").asString("")).isEqualTo(event.conference());
      assertThat(json.path("instance_id").asString()).isEqualTo("instance-7");
      assertThat(json.path("version").asLong()).isEqualTo(71);
      assertThat(json.path("sequence").asLong()).isEqualTo(17);
      assertThat(json.path("call_id").asString(""))
          .isEqualTo(event.callId().map(CallId::value).orElse(""));
      assertThat(event.time()).isEqualTo(EveryEvent.TIME);
    }
  }

  @Test
  void theJsonOfEachEventHasTheValuesOfItsRecord() throws ReflectiveOperationException {
    for (ConferenceEvent event : EveryEvent.ALL) {
      Set<String> written = leaves(event.json()).collect(Collectors.toSet());
      for (RecordComponent component : event.getClass().getRecordComponents()) {
        Object value = component.getAccessor().invoke(event);
        assertThat(written).as("%s of %s", component, event.name()).containsAll(values(value));
      }
    }
  }

  @Test
  void eachCallOfJsonCreatesANewObject() {
    EveryEvent.MUTED.json().put("call_id", "changed by a subscriber");
    assertThat(EveryEvent.MUTED.json().path("call_id").asString()).isEqualTo("call-of-alice");
  }

  @Test
  void onlyAnEventOfTheAccountAndARefusalWithoutARoomHaveNoConference() {
    assertThat(EveryEvent.ALL)
        .filteredOn(event -> event.conference().isEmpty())
        .singleElement()
        .isInstanceOf(ConferenceEvent.AccountLimitUsed.class);
    ConferenceEvent refused =
        new ConferenceEvent.CallerRefused(
            new EventHeader(
                new RoomId(EveryEvent.BOARD.account(), "unknown"), "", 1, 1, EveryEvent.TIME),
            EveryEvent.ALICE,
            "+4930111",
            "Alice",
            "",
            ConferenceOutcome.BAD_NUMBER);
    assertThat(refused.conference()).isEmpty();
    assertThat(refused.json().has("conference_id")).isFalse();
  }

  @Test
  void noTextOfAnEventShowsKeysOrVariables() {
    assertThat(EveryEvent.ALL.toString()).doesNotContain("*73", "u-4711", "t-0815");
  }

  /** Returns the records of events, without the interfaces that group them. */
  private static List<Class<?>> records() {
    return permitted(ConferenceEvent.class).toList();
  }

  private static Stream<Class<?>> permitted(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(ConferenceEventTests::permitted);
  }

  /** Returns the names in the first column of the table of published events. */
  private static List<String> documented() throws IOException {
    return rows(SPECIFICATION, "| Events | `event_name` |").stream()
        .flatMap(row -> code(row, 1).stream())
        .toList();
  }

  /** Returns the rows of the table that begins with a text. */
  private static List<String> rows(Path page, String from) throws IOException {
    String text = Files.readString(page);
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf("\n\n", start))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  /** Returns the words in code font in a column of a row. */
  private static List<String> code(String row, int column) {
    return Pattern.compile("`([\\w-]+)`")
        .matcher(row.split("\\|")[column])
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  /** Returns the values of a component that the JSON shows as they are. */
  private static List<String> values(Object component) {
    return switch (component) {
      case EventHeader header -> List.of();
      case Member member ->
          List.of(
              member.call().value(),
              String.valueOf(member.number()),
              member.callerName(),
              member.callerNumber(),
              String.valueOf(member.energyLevel()));
      case WaitingCaller caller ->
          List.of(caller.call().value(), caller.callerName(), caller.callerNumber());
      case CallVariables variables ->
          Stream.of(
                  variables.channel().values().stream(),
                  variables.application().values().stream(),
                  variables.presenceId().stream())
              .flatMap(all -> all)
              .toList();
      case DialledEndpoint leg -> List.of(leg.endpoint(), leg.callId(), leg.jobId(), leg.message());
      case LimitEvent use ->
          List.of(
              use.limit().key(),
              use.state().name().toLowerCase(Locale.ROOT),
              String.valueOf(use.used()),
              String.valueOf(use.max()));
      case Optional<?> value -> value.map(ConferenceEventTests::values).orElse(List.of());
      case ConferenceEvent missed -> List.of(missed.name());
      case RoomId room -> List.of(room.conference());
      case CallId call -> List.of(call.value());
      case RepairCause cause -> List.of(cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Enum<?> reason -> List.of(reason.name().toLowerCase(Locale.ROOT));
      case Duration duration -> List.of(String.valueOf(duration.toMillis()));
      case Instant since -> List.of(String.valueOf(since.getEpochSecond() + 62_167_219_200L));
      case Boolean flag -> List.of();
      default -> List.of(component.toString());
    };
  }

  private static Stream<String> leaves(JsonNode node) {
    return node.isContainer()
        ? node.values().stream().flatMap(ConferenceEventTests::leaves)
        : Stream.of(node.asString());
  }
}
