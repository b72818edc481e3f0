package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.Api;
import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.http.HttpServer;
import dev.callflow.api.mail.Invitations;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Sends each request in docs/api.md and compares the reply with the documented one. */
@Execution(ExecutionMode.CONCURRENT)
class ApiDocIT {

  private static final String TOKEN = "the-token-of-the-test";
  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  private static final Path PAGE = Path.of("../docs/api.md");

  /** A request and its reply. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```sh\n(curl .*?)```\n```json\n(.*?)```", Pattern.DOTALL);

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> variables = new HashMap<>(Map.of("TOKEN", TOKEN));

  @Test
  void everyRequestOnThePageGetsTheDocumentedReply() throws Exception {
    Path data = folder.resolve("data");
    copy(Path.of("../examples/data"), data);
    Files.writeString(
        data.resolve("system.json"),
        "{\"api\":{\"tokens\":[{\"sha256\":\"%s\",\"account\":\"acme\"}]}}"
            .formatted(HashedTokens.hash(TOKEN)));
    CallPlaces calls = new CallPlaces(TimeSource.system());
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
        DataFolder documents = DataFolder.open(data, new DocumentChecks(), TimeSource.system());
        Callflow host =
            Callflow.builder()
                .documents(documents)
                .observer(calls)
                .freeSwitch(freeSwitch.esl(), "ClueCon", options -> {})
                .listen(ANY)
                .controlTimeout(Eventually.LIMIT)
                .closingTimeout(Duration.ZERO)
                .start()) {
      InetSocketAddress address = ANY;
      Invitations invitations = invitation -> true;
      Api api =
          Api.builder(documents, host.conferences(), TimeSource.system())
              .authenticator(new ConfiguredTokens(documents))
              .invitations(invitations)
              .calls(calls)
              .build();
      HttpServer server = HttpServer.start(address, api);

      freeSwitch.handCallsTo(host.calls());
      assertThat(host.awaitConnected(Eventually.LIMIT)).isTrue();
      enters(freeSwitch, "1001", "Alice", "739164#");
      SimulatedCaller bob = enters(freeSwitch, "1002", "Bob", "482913#");
      variables.put("BOB", bob.uuid());
      variables.put("API", "http://127.0.0.1:" + server.address().getPort() + "/v2/accounts/acme");

      Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
      int sent = 0;
      while (example.find()) {
        String request = example.group(1);
        JsonNode documented = Json.read(example.group(2));
        if (changesNothing(request, documented)) {
          // The call of a participant who was removed ends a moment after the reply.
          Eventually.passes(() -> getsReply(request, documented));
        } else {
          getsReply(request, documented);
        }
        sent++;
      }
      assertThat(sent).isGreaterThan(15);
      server.close();
    }
  }

  @Test
  void theProgramOnThePageIsTheOneTestedHere() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/callflow/cli/ApiDocIT.java"));
    Matcher program =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertThat(program.find()).isTrue();
    assertThat(source.replaceAll("\\s+", " "))
        .contains(program.group(1).replaceAll("\\s+", " ").trim());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static SimulatedCaller enters(
      SimulatedFreeSwitch freeSwitch, String number, String name, String pin) {
    SimulatedCaller caller = freeSwitch.call(number, name, "5000");
    Eventually.holds(
        "caller hears conf-enter_conf_pin",
        () -> caller.awaitHeard("conf-enter_conf_pin", 1, Duration.ZERO),
        caller::heard);
    caller.press(pin);
    Eventually.holds("caller is in a room", () -> caller.awaitJoined(Duration.ZERO), caller::heard);
    return caller;
  }

  private static boolean changesNothing(String request, JsonNode documented) {
    return !request.contains(" -X ") || documented.has("error");
  }

  private void getsReply(String request, JsonNode documented)
      throws IOException, InterruptedException {
    JsonNode reply = send(request);
    assertHas(documented, reply, request + "\n" + reply);
    if (reply.path("revision").asString("").startsWith("1-")) {
      variables.put("ID", reply.at("/data/id").asString());
    }
  }

  /** Sends the request that a curl command sends. */
  private JsonNode send(String curl) throws IOException, InterruptedException {
    String verb = "GET";
    String target = "";
    String body = "";
    HttpRequest.Builder request = HttpRequest.newBuilder();
    Matcher words = WORD.matcher(curl.substring("curl".length()).replace("\\\n", " "));
    while (words.find()) {
      String word = word(words);
      switch (word) {
        case "-X" -> verb = next(words);
        case "-d" -> body = next(words);
        case "-H" -> {
          String[] header = next(words).split(": ", 2);
          request.header(header[0], header[1]);
        }
        default -> target = word;
      }
    }
    request.uri(URI.create(target)).method(verb, BodyPublishers.ofString(body));
    return Json.read(client.send(request.build(), BodyHandlers.ofString()).body());
  }

  private String next(Matcher words) {
    assertThat(words.find()).isTrue();
    return word(words);
  }

  private String word(Matcher words) {
    if (words.group(1) != null) {
      return words.group(1);
    }
    String word = words.group(2) != null ? words.group(2) : words.group(3);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      word = word.replace("$" + variable.getKey(), variable.getValue());
    }
    return word;
  }

  /** Checks that the reply contains the expected values; an ellipsis matches any value. */
  private static void assertHas(JsonNode expected, JsonNode actual, String context) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(it -> assertHas(it.getValue(), actual.path(it.getKey()), context));
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(context).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertHas(expected.get(i), actual.path(i), context);
      }
    } else if (expected.isString() && expected.asString().contains("…")) {
      assertThat(actual.asString()).as(context).startsWith(expected.asString().replace("…", ""));
      assertThat(actual.isMissingNode()).as(context).isFalse();
    } else {
      assertThat(actual).as(context).isEqualTo(expected);
    }
  }
}
