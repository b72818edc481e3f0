package dev.callflow.cli.client;

import dev.callflow.api.Api;
import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.http.HttpServer;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A host with an API over a simulated FreeSWITCH. Its account {@code acme} has the conference
 * {@code board}, which callers reach by 2000; by 3000 they reach an ad-hoc conference.
 */
final class TestHost implements AutoCloseable {

  static final String TOKEN = "the-token-of-the-test";

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  final SimulatedFreeSwitch freeSwitch;
  private final DataFolder documents;
  private final Callflow host;
  private final HttpServer server;

  TestHost(Path folder) throws IOException {
    write(
        folder.resolve("system.json"),
        "{\"api\":{\"tokens\":[{\"sha256\":\"%s\",\"account\":\"acme\"}]}}"
            .formatted(HashedTokens.hash(TOKEN)));
    Path acme = folder.resolve("accounts/acme");
    write(
        acme.resolve("conferences/board.json"),
        "{\"name\":\"Board meeting\",\"conference_numbers\":[\"300\"],"
            + "\"member\":{\"join_muted\":false},\"moderator\":{\"pins\":[\"739164\"]}}");
    write(acme.resolve("callflows/board.json"), callflow("2000", "\"id\":\"board\""));
    write(
        acme.resolve("callflows/weekly.json"),
        callflow("3000", "\"config\":{\"name\":\"Weekly\"}"));
    freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
    documents = DataFolder.open(folder, new DocumentChecks(), TimeSource.system());
    host =
        Callflow.builder()
            .documents(documents)
            .freeSwitch(freeSwitch.esl(), "ClueCon", options -> {})
            .listen(ANY)
            .controlTimeout(Eventually.LIMIT)
            .closingTimeout(Duration.ZERO)
            .start();
    Api api =
        Api.builder(documents, host.conferences(), TimeSource.system())
            .authenticator(new ConfiguredTokens(documents))
            .build();
    server = HttpServer.start(ANY, api);
    freeSwitch.handCallsTo(host.calls());
    Eventually.holds("the host is connected", () -> host.awaitConnected(Duration.ofSeconds(1)));
  }

  private static String callflow(String number, String data) {
    return "{\"numbers\":[\"%s\"],\"flow\":{\"module\":\"conference\",\"data\":{%s,"
            .formatted(number, data)
        + "\"welcome_prompt\":{\"play\":false},\"role\":\"member\"}}}";
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  int port() {
    return server.address().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Calls from a number, and waits until the host knows that the caller is in their room. */
  SimulatedCaller enters(String number, String name, String to) {
    SimulatedCaller caller = freeSwitch.call(number, name, to);
    Eventually.holds(name + " is in a room", () -> isInside(name), caller::heard);
    return caller;
  }

  private boolean isInside(String name) {
    return host.conferences().running(new AccountId("acme")).stream()
        .flatMap(conference -> conference.view().stream())
        .flatMap(view -> view.participants().stream())
        .anyMatch(member -> member.party().name().equals(name));
  }

  @Override
  public void close() {
    server.close();
    host.close();
    documents.close();
    freeSwitch.close();
  }
}
