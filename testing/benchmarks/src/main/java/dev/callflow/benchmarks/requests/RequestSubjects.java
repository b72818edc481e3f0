package dev.callflow.benchmarks.requests;

import dev.callflow.api.Api;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.http.HttpServer;
import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.process.Subject;
import dev.callflow.benchmarks.rooms.PublishingMixer;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import io.javalin.Javalin;
import java.net.InetSocketAddress;
import java.util.Map;

/** Servers that answer the same request with the same number of bytes. */
public final class RequestSubjects {

  static final String TOKEN = "token";
  static final String PATH = "/v2/accounts/acme/conferences/room-1";
  static final int PARTICIPANTS = 100;

  private static final int UNLIMITED = 1_000_000_000;

  private RequestSubjects() {}

  /**
   * Starts a server.
   *
   * @param name {@code own} for Callflow, or {@code bare} for Javalin with a prepared response
   * @param length the size of the response of {@code bare}, in bytes
   * @return the subject. Its task {@code port} returns the port of the server, and its task {@code
   *     cost} returns the CPU time so far.
   */
  public static Subject of(String name, int length) {
    return switch (name) {
      case "own" -> subject(own());
      case "bare" -> subject(bare(length));
      default -> throw new IllegalArgumentException("unknown subject " + name);
    };
  }

  private static Subject subject(int port) {
    return task ->
        switch (task.getFirst()) {
          case "port" -> Map.of("port", (double) port);
          case "cost" -> Map.of("cpu", Cost.processSeconds());
          default -> throw new IllegalArgumentException("unknown task " + task);
        };
  }

  private static int own() {
    TimeSource time = TimeSource.system();
    RoomId room = PublishingMixer.room(1);
    MemoryStore store =
        new MemoryStore()
            .account(room.account(), Json.object())
            .put(
                room.account(),
                DocumentType.CONFERENCE,
                room.conference(),
                Json.object().put("name", "Room"));
    PublishingMixer mixer = new PublishingMixer(PARTICIPANTS);
    Conferences conferences = Conferences.builder(store, mixer, time).build();
    mixer.open(room);
    Api api =
        Api.builder(store, conferences, time)
            .authenticator(
                HashedTokens.of(
                    Json.read(
                        "[{\"sha256\":\"%s\",\"account\":\"acme\"}]"
                            .formatted(HashedTokens.hash(TOKEN)))))
            .limit(new RateLimit(UNLIMITED, UNLIMITED, time))
            .build();
    return HttpServer.start(new InetSocketAddress("127.0.0.1", 0), api).address().getPort();
  }

  private static int bare(int length) {
    byte[] body = new byte[length];
    return Javalin.create(
            config -> {
              config.concurrency.useVirtualThreads = true;
              config.startup.showJavalinBanner = false;
              config.routes.get(
                  "/v2/*", context -> context.contentType("application/json").result(body));
            })
        .start("127.0.0.1", 0)
        .port();
  }
}
