package dev.callflow.core.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleProvider;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.ScriptedLeg;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.SteppedTime;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class BuiltInModulesTests {

  private final SteppedTime time = new SteppedTime();
  private final ScriptedLeg leg = new ScriptedLeg(time);
  private final MemoryStore store = new MemoryStore();

  // ---- the list of modules

  @Test
  void anEngineHasTheBuiltInModulesAndNoOthers() {
    List<String> names =
        CallflowEngine.builder(store, time).modules().stream().map(CallflowModule::name).toList();

    assertThat(names)
        .containsExactlyInAnyOrder(
            "callflow",
            "play",
            "sleep",
            "hangup",
            "response",
            "menu",
            "tts",
            "set_variables",
            "branch_variable",
            "check_cid",
            "collect_dtmf",
            "transfer");
  }

  @Test
  void theModulesAreFoundOnTheModulePathAndTheClassPath() throws Exception {
    String service = ModuleProvider.class.getName();
    Path classes =
        Path.of(BuiltInModules.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor descriptor;
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      descriptor = ModuleDescriptor.read(in);
    }
    List<String> onTheClassPath =
        Files.readAllLines(classes.resolve("META-INF/services").resolve(service));

    assertThat(descriptor.provides())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.service()).isEqualTo(service);
          assertThat(it.providers()).isEqualTo(onTheClassPath);
        });
  }

  @Test
  void everyModuleHasASchemaForItsData() {
    for (CallflowModule module : new BuiltInModules().modules()) {
      assertThat(module.check(Json.object().put("id", "x"))).isNotNull();
    }
  }

  // ---- menu

  private static final String MENU =
      """
      {"module":"menu","data":{"greeting":"conf-hello","retries":2,"timeout":5000},"children":{
       "1":{"module":"hangup","data":{"cause":"ONE"}},%s}}\
      """;

  @Test
  void aMenuContinuesAtTheChildOfTheDigits() {
    leg.press(Duration.ofSeconds(1), "1");

    run(MENU.formatted("\"_\":{\"module\":\"hangup\",\"data\":{\"cause\":\"WILDCARD\"}}"));

    assertThat(leg.commands()).containsExactly("answer", "play conf-hello", "hangup ONE");
  }

  @Test
  void aMenuWithoutAnEntryContinuesAtTheTimeoutChild() {
    run(MENU.formatted("\"timeout\":{\"module\":\"hangup\",\"data\":{\"cause\":\"TIMEOUT\"}}"));

    assertThat(leg.commands()).containsExactly("answer", "play conf-hello", "hangup TIMEOUT");
  }

  @Test
  void aMenuRepeatsAndThenContinuesAtMaxRetries() {
    leg.press(Duration.ofSeconds(1), "9#").press(Duration.ofSeconds(2), "8#");

    run(MENU.formatted("\"max_retries\":{\"module\":\"hangup\",\"data\":{\"cause\":\"TRIES\"}}"));

    assertThat(leg.commands())
        .containsExactly("answer", "play conf-hello", "play conf-hello", "hangup TRIES");
  }

  @Test
  void aMenuStopsAfterTheLastAttemptAndDoesNotTakeTheWildcardChild() {
    run(MENU.formatted("\"_\":{\"module\":\"hangup\",\"data\":{\"cause\":\"WILDCARD\"}}"));

    assertThat(leg.commands())
        .containsExactly("answer", "play conf-hello", "play conf-hello", "hangup NORMAL_CLEARING");
  }

  // ---- playing and speaking

  @Test
  void playAnswersTheCallFirst() {
    run("{\"module\":\"play\",\"data\":{\"id\":\"conf-hello\",\"loop_count\":2}}");

    assertThat(leg.commands())
        .containsExactly("answer", "play conf-hello", "play conf-hello", "hangup NORMAL_CLEARING");
  }

  @Test
  void playDoesNotAnswerTheCallIfConfigured() {
    run("{\"module\":\"play\",\"data\":{\"id\":\"conf-hello\",\"answer\":false}}");

    assertThat(leg.commands()).containsExactly("play conf-hello", "hangup NORMAL_CLEARING");
  }

  @Test
  void unplayableMediaIsSkipped() {
    run("{\"module\":\"play\",\"data\":{\"id\":\"/etc/passwd\"}}");

    assertThat(leg.commands()).containsExactly("hangup NORMAL_CLEARING");
  }

  @Test
  void theKeyThatInterruptsAPlaybackDoesNotCountForTheNextPrompt() {
    leg.press(Duration.ofSeconds(1), "1");

    run(
        """
        {"module":"play","data":{"id":"conf-hello"},"children":{
         "_":{"module":"collect_dtmf","children":{
          "1":{"module":"hangup","data":{"cause":"ONE"}},
          "_":{"module":"hangup","data":{"cause":"NOTHING"}}}}}}\
        """);

    assertThat(leg.commands()).last().isEqualTo("hangup NOTHING");
  }

  @Test
  void textIsSpokenWithoutControlCharacters() {
    run("{\"module\":\"tts\",\"data\":{\"text\":\"Good\\nmorning\"}}");

    assertThat(leg.commands()).startsWith("answer", "speak Good morning");
  }

  // ---- branching on digits, variables and numbers

  @Test
  void collectedDigitsSelectTheChildAndAreStoredInAVariable() {
    leg.press(Duration.ofSeconds(1), "4");

    run(
        """
        {"module":"collect_dtmf","data":{"collection_name":"order"},"children":{"4":
         {"module":"branch_variable","data":{"variable":"dtmf_order"},"children":{
          "4":{"module":"hangup","data":{"cause":"FOUR"}}}}}}\
        """);

    assertThat(leg.commands()).containsExactly("answer", "hangup FOUR");
  }

  @Test
  void aVariableSelectsTheChildAndIsSetOnTheLeg() {
    run(
        """
        {"module":"set_variables","data":{"custom_application_vars":{"colour":"red"}},"children":{
         "_":{"module":"branch_variable","data":{"variable":"colour"},"children":{
          "red":{"module":"hangup","data":{"cause":"RED"}}}}}}\
        """);

    assertThat(leg.commands()).containsExactly("set {cav_colour=red}", "hangup RED");
  }

  @ParameterizedTest
  @CsvSource({"^55,MATCH", "^66,NOMATCH", "((,NOMATCH"})
  void checkCidBranchesOnWhetherTheCallersNumberMatches(String pattern, String cause) {
    run(
        """
        {"module":"check_cid","data":{"regex":"%s"},"children":{
         "match":{"module":"hangup","data":{"cause":"MATCH"}},
         "nomatch":{"module":"hangup","data":{"cause":"NOMATCH"}}}}\
        """
            .formatted(pattern));

    assertThat(leg.commands()).containsExactly("hangup " + cause);
  }

  @Test
  void theCallersNumberSelectsTheChildInAbsoluteMode() {
    run(
        """
        {"module":"check_cid","data":{"use_absolute_mode":true},"children":{
         "555":{"module":"hangup","data":{"cause":"KNOWN"}},
         "match":{"module":"hangup","data":{"cause":"MATCH"}}}}\
        """);

    assertThat(leg.commands()).containsExactly("hangup KNOWN");
  }

  @Test
  void anotherCallflowRunsAndThenReturns() {
    store.put(
        new AccountId("acme"),
        DocumentType.CALLFLOW,
        "greeting",
        object("{\"flow\":{\"module\":\"play\",\"data\":{\"id\":\"conf-hello\"}}}"));

    run(
        """
        {"module":"callflow","data":{"id":"greeting"},"children":{
         "_":{"module":"hangup","data":{"cause":"BACK"}}}}\
        """);

    assertThat(leg.commands()).containsExactly("answer", "play conf-hello", "hangup BACK");
  }

  @Test
  void aNonexistentCallflowIsSkipped() {
    run(
        """
        {"module":"callflow","data":{"id":"gone"},"children":{
         "_":{"module":"hangup","data":{"cause":"ON"}}}}\
        """);

    assertThat(leg.commands()).containsExactly("hangup ON");
  }

  // ---- ends

  @ParameterizedTest
  @CsvSource({
    "404,UNALLOCATED_NUMBER",
    "486,USER_BUSY",
    "480,NO_USER_RESPONSE",
    "503,NORMAL_TEMPORARY_FAILURE",
    "403,CALL_REJECTED"
  })
  void aResponseRefusesTheCallWithTheCauseForItsCode(int code, String cause) {
    run("{\"module\":\"response\",\"data\":{\"code\":%d}}".formatted(code));

    assertThat(leg.commands()).containsExactly("hangup " + cause);
  }

  @Test
  void aCallIsNotTransferredToAnInvalidNumber() {
    run(
        """
        {"module":"transfer","data":{"number":"7;rm"},"children":{
         "_":{"module":"hangup","data":{"cause":"ON"}}}}\
        """);

    assertThat(leg.commands()).containsExactly("hangup ON");
  }

  @Test
  void aCallIsNotTransferredToAForbiddenDestination() {
    run("{\"module\":\"transfer\",\"data\":{\"number\":\"+19005551234\"}}");

    assertThat(leg.commands()).containsExactly("hangup OUTGOING_CALL_BARRED");
  }

  @Test
  void aForbiddenDestinationHasABranch() {
    run(
        """
        {"module":"transfer","data":{"number":"00442079460000"},"children":{
         "forbidden":{"module":"hangup","data":{"cause":"ON"}}}}\
        """);

    assertThat(leg.commands()).containsExactly("hangup ON");
  }

  @ParameterizedTest
  @CsvSource({"ms,PT0.09S", "s,PT1M30S", "m,PT1H30M", "h,PT24H"})
  void aSleepLastsForItsDurationButAtMostADay(String unit, Duration length) {
    run("{\"module\":\"sleep\",\"data\":{\"duration\":90,\"unit\":\"%s\"}}".formatted(unit));

    assertThat(time.passed()).isEqualTo(length);
  }

  private void run(String flow) {
    AccountId acme = new AccountId("acme");
    store.account(acme, Json.object());
    ObjectNode document = Json.object();
    document.putArray("numbers").add("1");
    document.set("flow", Json.read(flow));
    store.put(acme, DocumentType.CALLFLOW, "f", document);
    CallflowEngine.builder(store, time)
        .defaultAccount(acme)
        .build()
        .take(leg, new IncomingCall("1", "555", "Ann", Optional.empty(), Map.of()));
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text);
  }
}
