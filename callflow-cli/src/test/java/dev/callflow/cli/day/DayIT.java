package dev.callflow.cli.day;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.CommandLines;
import dev.callflow.cli.PatientOptions;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * A day of an account with two conferences, on two hosts one after the other. What the hosts have
 * written down agrees with what the switch has seen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class DayIT {

  private static final String ACME = "/v2/accounts/acme";
  private static final String BOARD = ACME + "/conferences/board";

  /** A value of the meters that count what a switch sees as well; many commands show nothing. */
  private static final Pattern COUNT =
      Pattern.compile(
          "(?m)^(callflow_(?:calls_seconds_count|conference_(?:joins_seconds_count|refusals_total"
              + "|recordings_total|repairs_total|commands_seconds_count.command=\"(?:Kick|Lock|Mute"
              + "|StartRecording|StopRecording)\"))[^ ]*) ([0-9.E]+)$");

  private final HttpClient client = HttpClient.newHttpClient();

  /** The requests that must be in the audit, as the test has sent them and seen them answered. */
  private final List<String> asked = new ArrayList<>();

  private SimulatedFreeSwitch freeSwitch;
  private SwitchDiary diary;
  private WebhookReceiver wallboard;
  private WebhookReceiver archive;
  private RunningHost host;
  private String store;
  private String office;
  private String frontDesk;
  private SortedMap<String, Integer> countsOfTheMorning;

  // ---- the day

  @BeforeAll
  void aDayPasses(@TempDir Path folder) throws Exception {
    writeDocuments(folder.resolve("data"));
    Path files = Files.createDirectory(folder.resolve("files"));
    store = "jdbc:h2:" + folder.resolve("calls");
    run("account", "create", "acme", "--store", store);
    office = run("token", "--account", "acme", "--store", store, "--name", "Office");
    frontDesk =
        run(
            "token",
            "--account",
            "acme",
            "--store",
            store,
            "--name",
            "Front desk",
            "--scopes",
            "read,control");
    freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.01).start();
    diary = new SwitchDiary(freeSwitch.model(), Map.of("2000", "board", "5000", "club"));
    wallboard = new WebhookReceiver("secret of the wallboard", 1);
    archive = new WebhookReceiver("secret of the archive", 0);

    start("--files", files.toString(), "--data", folder.resolve("data").toString());
    addWebhook("Wallboard", wallboard, "secret of the wallboard");
    addWebhook("Archive", archive, "secret of the archive");
    SimulatedCaller alice = enters("1001", "Alice", "2000");
    SimulatedCaller bob = enters("1002", "Bob", "2000");

    archive.shut();
    act(frontDesk, BOARD, "record", "{\"action\": \"start\"}");
    actOn(bob, "mute");
    actOn(bob, "unmute");
    act(frontDesk, BOARD, "record", "{\"action\": \"stop\"}");
    actOn(bob, "kick");
    ends(bob);
    SimulatedCaller dave = entersWithPin("1004", "Dave");
    send(frontDesk, "DELETE", BOARD, "", "");
    act(frontDesk, BOARD, "record", "{\"action\": \"start\"}");
    act(frontDesk, BOARD, "lock", "{}");
    isRefused("1003", "Carol");
    Eventually.passes(() -> assertThat(counts()).isEqualTo(diary.counts()));
    theArchiveCannotBeReached();
    countsOfTheMorning = counts();
    host.close();
    diary.isTakenOver(freeSwitch.model());
    start("--files", files.toString());
    archive.open();
    theHostKnows(alice, dave);

    isRefused("1008", "Heidi");
    act(frontDesk, BOARD, "unlock", "{}");
    SimulatedCaller heidi = enters("1008", "Heidi", "2000");
    actOn(alice, "mute");
    act(frontDesk, BOARD, "record", "{\"action\": \"stop\"}");
    actOn(heidi, "kick");
    ends(heidi);
    isRefusedAfterPins("1005", "Grace", "1#", "2#", "3#");
    SimulatedCaller erin = entersWithPin("1006", "Erin");
    isRefusedAfterPins("1007", "Frank", "7#");
    leaves(dave);
    SimulatedCaller judy = entersWithPin("1009", "Judy");
    leaves(erin);
    leaves(alice);
    leaves(judy);
    Eventually.holds("no room is left", () -> freeSwitch.rooms().isEmpty());
  }

  @AfterAll
  void theHostsAndTheReceiversStop() throws Exception {
    host.close();
    freeSwitch.close();
    wallboard.close();
    archive.close();
    client.close();
  }

  private static void writeDocuments(Path data) throws IOException {
    write(data, "callflows/board.json", callflow("2000", "board"));
    write(data, "callflows/club.json", callflow("5000", "club"));
    write(
        data,
        "conferences/board.json",
        "{\"name\": \"Board\", \"member\": {\"join_muted\": false}}");
    write(
        data,
        "conferences/club.json",
        "{\"name\": \"Club\", \"max_participants\": 2,"
            + " \"member\": {\"pins\": [\"7\"], \"join_muted\": false}}");
  }

  private static String callflow(String number, String conference) {
    return "{\"numbers\": [\"%s\"], \"flow\": {\"module\": \"conference\", \"data\": {\"id\": \"%s\"}}}"
        .formatted(number, conference);
  }

  private static void write(Path data, String file, String text) throws IOException {
    Path path = data.resolve("accounts/acme").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** Runs a command that succeeds, and returns its output. */
  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(
            CommandLines.of(Map.of(), arguments).setOut(writer).setErr(writer).execute(arguments))
        .as(out::toString)
        .isZero();
    return out.toString().strip();
  }

  private void start(String... more) {
    String[] all =
        Stream.of(
                Stream.of("host", "--store", store, "--listen", "127.0.0.1:0"),
                Stream.of("--freeswitch", "127.0.0.1:" + freeSwitch.esl().getPort()),
                Stream.of("--http", "127.0.0.1:0", "--management", "127.0.0.1:0"),
                Stream.of("--allow-webhook-to", wallboard.address() + "," + archive.address()),
                Stream.of("--store-timeout", String.valueOf(Eventually.LIMIT.toSeconds())),
                Stream.of(PatientOptions.ofHost()),
                Stream.of(more))
            .flatMap(it -> it)
            .toArray(String[]::new);
    host = new RunningHost(all);
    freeSwitch.handCallsTo(new InetSocketAddress("127.0.0.1", host.port("listening for calls")));
    host.port("connected to FreeSWITCH");
  }

  // ---- callers

  private SimulatedCaller enters(String number, String name, String to) {
    return joins(freeSwitch.call(number, name, to));
  }

  private SimulatedCaller entersWithPin(String number, String name) {
    SimulatedCaller caller = freeSwitch.call(number, name, "5000");
    enterPins(caller, "7#");
    return joins(caller);
  }

  private SimulatedCaller joins(SimulatedCaller caller) {
    theHostKnows(caller);
    return caller;
  }

  /**
   * FreeSWITCH knows earlier than the host who is in a room. The host records nothing in a room
   * that is not running.
   */
  private void theHostKnows(SimulatedCaller... callers) {
    for (SimulatedCaller caller : callers) {
      Eventually.holds(
          "the host knows that " + caller.name() + " is in a room",
          () -> isKnown(caller),
          caller::heard);
    }
  }

  private boolean isKnown(SimulatedCaller caller) throws Exception {
    for (String room : List.of("board", "club")) {
      String path = ACME + "/conferences/" + room + "/participants";
      if (request(host.port("serving the API"), office, "GET", path, "")
          .body()
          .contains("\"" + caller.name() + "\"")) {
        return true;
      }
    }
    return false;
  }

  private void isRefused(String number, String name) {
    ends(freeSwitch.call(number, name, "2000"));
  }

  private void isRefusedAfterPins(String number, String name, String... pins) {
    SimulatedCaller caller = freeSwitch.call(number, name, "5000");
    enterPins(caller, pins);
    ends(caller);
  }

  private static void enterPins(SimulatedCaller caller, String... pins) {
    for (int i = 0; i < pins.length; i++) {
      int times = i + 1;
      Eventually.holds(
          caller.name() + " is asked for a PIN",
          () -> caller.awaitHeard("conf-enter_conf_pin", times, Duration.ZERO),
          caller::heard);
      caller.press(pins[i]);
    }
  }

  private static void leaves(SimulatedCaller caller) {
    caller.hangUp();
    ends(caller);
  }

  private static void ends(SimulatedCaller caller) {
    Eventually.holds(
        caller.name() + "'s call ends", () -> caller.awaitEnded(Duration.ZERO), caller::heard);
  }

  // ---- requests

  private void addWebhook(String name, WebhookReceiver receiver, String secret) throws Exception {
    send(
        office,
        "PUT",
        ACME + "/webhooks",
        "",
        "{\"data\": {\"name\": \"%s\", \"uri\": \"http://%s/events\", \"secret\": \"%s\"}}"
            .formatted(name, receiver.address(), secret));
  }

  /** Waits until the host has tried to deliver an event and got no answer. */
  private void theArchiveCannotBeReached() {
    Eventually.holds(
        "an attempt without an answer",
        () ->
            rows("/webhooks/attempts").stream()
                .anyMatch(it ->
                    it.path("result").asString("").equals("failure") && !it.has("response_code")),
        () -> rows("/webhooks/attempts"));
  }

  private void act(String token, String path, String action, String data) throws Exception {
    send(token, "PUT", path, action, "{\"action\": \"%s\", \"data\": %s}".formatted(action, data));
  }

  private void actOn(SimulatedCaller caller, String action) throws Exception {
    send(
        frontDesk,
        "PUT",
        BOARD + "/participants/" + caller.uuid(),
        action,
        "{\"data\": {\"action\": \"%s\"}}".formatted(action));
  }

  private void send(String token, String verb, String path, String action, String body)
      throws Exception {
    int status = request(host.port("serving the API"), token, verb, path, body).statusCode();
    asked.add(
        String.join(
            " ",
            token.equals(office) ? "Office" : "Front desk",
            "127.0.0.1",
            verb,
            path,
            action,
            String.valueOf(status)));
  }

  private HttpResponse<String> request(
      int port, String token, String verb, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(verb, BodyPublishers.ofString(body))
            .header("X-Auth-Token", token)
            .build(),
        BodyHandlers.ofString());
  }

  /** Returns the rows of a list of the account, as the office sees them. */
  private List<JsonNode> rows(String path) throws Exception {
    HttpResponse<String> reply =
        request(host.port("serving the API"), office, "GET", ACME + path + "?page_size=1000", "");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return Json.read(reply.body()).path("data").valueStream().toList();
  }

  private String metrics() throws Exception {
    return request(host.port("serving health and metrics"), "", "GET", "/metrics", "").body();
  }

  /** Returns the counts of the running host for which the diary has a name. */
  private SortedMap<String, Integer> counts() throws Exception {
    Matcher samples = COUNT.matcher(metrics());
    SortedMap<String, Integer> found = new TreeMap<>();
    while (samples.find()) {
      found.put(samples.group(1), (int) Double.parseDouble(samples.group(2)));
    }
    return found;
  }

  // ---- what is left of it

  @Test
  void theHistoryHasTheRunsOfTheSwitch() {
    Eventually.passes(() ->
        assertThat(
                rows("/history/conferences").stream()
                    .map(it ->
                        "%s peak %d total %d ended %s"
                            .formatted(
                                it.path("id").asString(),
                                it.path("peak_participants").asInt(),
                                it.path("total_participants").asInt(),
                                it.has("ended"))))
            .containsExactlyInAnyOrderElementsOf(diary.runs()));
  }

  @Test
  void theHistoryHasTheVisitsOfTheSwitch() {
    Eventually.passes(() -> {
      List<String> visits = new ArrayList<>();
      for (JsonNode run : rows("/history/conferences")) {
        String id = run.path("id").asString();
        rows("/history/conferences/" + id + "/participants")
            .forEach(it ->
                visits.add(
                    String.join(
                        " ",
                        id,
                        it.path("caller_id_number").asString(),
                        it.path("how_left").asString(""))));
      }
      assertThat(visits).containsExactlyInAnyOrderElementsOf(diary.visits());
    });
  }

  @Test
  void theHistoryHasTheCallersWhoWereInNoRoomWithTheReasons() {
    Eventually.passes(() ->
        assertThat(
                texts(
                    "/history/refusals", "call_id", "caller_id_number", "conference_id", "reason"))
            .containsExactlyInAnyOrderElementsOf(diary.refusals()));
  }

  @Test
  void theHistoryHasTheRecordingsOfTheSwitch() {
    Eventually.passes(() ->
        assertThat(
                rows("/history/recordings").stream()
                    .map(it ->
                        it.path("path").asString()
                            + " "
                            + it.path("milliseconds").asLong()
                            + " ms"))
            .containsExactlyInAnyOrderElementsOf(diary.recordings()));
  }

  @Test
  void theHistoryHasTheCallsOfTheSwitch() {
    Eventually.passes(() ->
        assertThat(
                texts(
                    "/history/calls",
                    "call_id",
                    "caller_id_number",
                    "dialed_number",
                    "ended_by",
                    "hangup_cause"))
            .containsExactlyInAnyOrderElementsOf(diary.calls()));
  }

  private List<String> texts(String path, String... keys) throws Exception {
    return rows(path).stream()
        .map(row ->
            Stream.of(keys).map(key -> row.path(key).asString("")).collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void eachWebhookHasEveryEventInOrderAndOnce() {
    for (WebhookReceiver receiver : List.of(wallboard, archive)) {
      Eventually.passes(() -> assertThat(arrived(receiver)).isEqualTo(diary.happened()));
    }
    assertThat(wallboard.answeredWith500()).hasSize(1);
    assertThat(wallboard.accepted()).containsAll(wallboard.answeredWith500());
    assertThat(wallboard.notGenuine()).isEmpty();
    assertThat(archive.notGenuine()).isEmpty();
  }

  private static Map<String, List<String>> arrived(WebhookReceiver receiver) {
    Map<String, List<String>> found = new TreeMap<>();
    for (JsonNode event : receiver.events()) {
      String what =
          Stream.of("event", "repaired_event", "caller_id_number", "how_left", "reason")
              .map(key -> event.path(key).asString(""))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(" "));
      found
          .computeIfAbsent(event.path("conference_id").asString(), none -> new ArrayList<>())
          .add(what);
    }
    return found;
  }

  @Test
  void theAuditHasEachRequestOnceWithTheTokenTheAddressAndTheStatus() {
    Eventually.passes(() ->
        assertThat(texts("/audit", "token_name", "address", "method", "path", "action", "status"))
            .containsExactlyInAnyOrderElementsOf(asked));
  }

  @Test
  void theMetricsOfBothHostsAddUpToWhatTheSwitchHasCounted() {
    Eventually.passes(() -> {
      SortedMap<String, Integer> day = new TreeMap<>(countsOfTheMorning);
      counts().forEach((meter, count) -> day.merge(meter, count, Integer::sum));
      assertThat(day).isEqualTo(diary.counts());
    });
  }

  @Test
  void nobodyIsLeftAccordingToTheMetrics() {
    Eventually.passes(() ->
        assertThat(metrics())
            .contains(
                "\ncallflow_calls_live 0.0\n",
                "\ncallflow_conference_participants 0.0\n",
                "\ncallflow_conference_rooms 0.0\n",
                "\ncallflow_conference_seats 0.0\n"));
  }
}
