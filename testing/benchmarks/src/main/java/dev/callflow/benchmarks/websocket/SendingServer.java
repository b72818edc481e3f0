package dev.callflow.benchmarks.websocket;

import dev.callflow.api.Api;
import dev.callflow.api.access.Access;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.http.HttpServer;
import dev.callflow.benchmarks.rooms.PublishingMixer;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import io.javalin.Javalin;
import io.javalin.websocket.WsContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.websocket.api.Callback;

/**
 * The measured server process. It prints its port. At the first byte of input, it starts to send a
 * given number of events a second to all connected clients. At the end of the input, it prints the
 * number of lost events.
 */
public final class SendingServer {

  private static final int MEMBERS = 10;
  private static final RoomId ROOM = PublishingMixer.room(1);

  /** A source of numbered events. */
  private interface Source {
    /** Sends an event to all clients. */
    void send(int number);

    /** Returns the number of events that clients have missed so far. */
    long lost();
  }

  private SendingServer() {}

  /**
   * Runs the server.
   *
   * @param args {@code own} or {@code bare}; the size of an event for {@code bare}, in bytes; and
   *     the number of events a second
   * @throws java.io.IOException if the input cannot be read
   */
  public static void main(String[] args) throws java.io.IOException {
    int perSecond = Integer.parseInt(args[2]);
    Source source = args[0].equals("own") ? own() : bare(Integer.parseInt(args[1]));
    if (System.in.read() >= 0) {
      Thread.ofPlatform().daemon().start(() -> send(source, perSecond));
    }
    // Waits for the end of the input.
    System.in.readAllBytes();
    System.out.println(source.lost());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void send(Source source, int perSecond) {
    long start = System.nanoTime();
    long between = 1_000_000_000L / perSecond;
    for (int i = 0; ; i++) {
      long scheduled = start + i * between;
      while (System.nanoTime() < scheduled) {
        LockSupport.parkNanos(Math.max(1, scheduled - System.nanoTime()));
      }
      source.send(i);
    }
  }

  private static Source own() {
    PublishingMixer mixer = new PublishingMixer(MEMBERS);
    TimeSource time = TimeSource.system();
    MemoryStore store = new MemoryStore().account(ROOM.account(), Json.object());
    Conferences conferences = Conferences.builder(store, mixer, time).build();
    Api api =
        Api.builder(store, conferences, time)
            .authenticator(token -> Optional.of(new Access.SuperAdmin()))
            .socketLimits(SocketLimits.STANDARD)
            .build();
    System.out.println(
        HttpServer.start(new InetSocketAddress("127.0.0.1", 0), api).address().getPort());
    mixer.open(ROOM);
    return new Source() {
      @Override
      public void send(int number) {
        boolean begins = number / MEMBERS % 2 == 0;
        mixer.publish(
            new MixerEvent.Changed(
                ROOM,
                PublishingMixer.instance(ROOM),
                begins ? Change.TALKING : Change.SILENT,
                PublishingMixer.member(number % MEMBERS).with(Member.Flag.TALKING, begins)));
      }

      @Override
      public long lost() {
        return api.sockets().list(new Access.SuperAdmin()).values().stream()
            .mapToLong(socket -> socket.path("missed").asLong())
            .sum();
      }
    };
  }

  /**
   * Sends the same bytes through Javalin alone, in the way that its documentation shows for a
   * broadcast.
   */
  private static Source bare(int bytes) {
    String text = "x".repeat(bytes);
    List<WsContext> clients = new CopyOnWriteArrayList<>();
    Javalin server =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.routes.ws(
              "/",
              socket -> {
                socket.onConnect(clients::add);
                socket.onMessage(message -> message.send("{}"));
              });
        });
    server.start("127.0.0.1", 0);
    System.out.println(server.port());
    return new Source() {
      @Override
      public void send(int number) {
        clients.forEach(client -> client.session.sendText(text, Callback.NOOP));
      }

      @Override
      public long lost() {
        return 0;
      }
    };
  }
}
