package dev.callflow.cli.demo;

import dev.callflow.api.Api;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.http.HttpServer;
import dev.callflow.api.page.Pages;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.host.DocumentChecks;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;

/**
 * A host with the console, a simulated FreeSWITCH, and callers who come, talk and go until it is
 * closed.
 */
final class ConsoleDemo implements AutoCloseable {

  private static final String PASSWORD = "demo";
  private static final String ACCOUNT = "demo";

  private final DataFolder documents;
  private final SimulatedFreeSwitch freeSwitch;
  private final Callflow host;
  private final HttpServer server;
  private final RoomLife life;
  private final String token = HashedTokens.newToken();

  /**
   * Starts everything.
   *
   * @param home the folder that contains {@code examples}
   * @param address the address of the page; port 0 selects a free port
   */
  ConsoleDemo(Path home, InetSocketAddress address) throws IOException {
    TimeSource time = TimeSource.system();
    documents = DataFolder.read(home.resolve("examples/console"), new DocumentChecks(), time);
    freeSwitch = SimulatedFreeSwitch.builder().password(PASSWORD).mediaScale(0.3).start();
    CallPlaces calls = new CallPlaces(time);
    RecordStore records = new MemoryRecords();
    host =
        Callflow.builder()
            .documents(documents)
            .records(records)
            .freeSwitch(freeSwitch.esl(), PASSWORD, options -> {})
            .listen("127.0.0.1:0")
            .observer(calls)
            .closingTimeout(Duration.ZERO)
            .start();
    server =
        HttpServer.start(
            address,
            Api.builder(documents, host.conferences(), time)
                .authenticator(HashedTokens.of(tokens(token)))
                .records(records)
                .calls(calls)
                .build());
    freeSwitch.handCallsTo(host.calls());
    if (!host.awaitConnected(Scenes.TIMEOUT)) {
      throw new IllegalStateException("the host has not connected to the simulated FreeSWITCH");
    }
    life = new RoomLife(freeSwitch, time);
    life.begin();
  }

  private static ArrayNode tokens(String token) {
    ArrayNode tokens = Json.object().arrayNode();
    tokens.addObject().put("sha256", HashedTokens.hash(token)).put("account", ACCOUNT);
    return tokens;
  }

  /**
   * Returns the address of the page, with a token that is valid until this is closed. A browser
   * sends the part after the {@code #} to nobody, and the page removes it at once.
   */
  String url() {
    InetSocketAddress address = server.address();
    return "http://"
        + address.getHostString()
        + ":"
        + address.getPort()
        + Pages.CONSOLE
        + "/#login="
        + token
        + "&account="
        + ACCOUNT;
  }

  @Override
  public void close() {
    life.close();
    server.close();
    host.close();
    freeSwitch.close();
    documents.close();
  }
}
