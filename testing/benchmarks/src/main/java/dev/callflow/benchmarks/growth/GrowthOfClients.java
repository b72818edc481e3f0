package dev.callflow.benchmarks.growth;

import dev.callflow.api.Api;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.Login;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.api.event.Transport;
import dev.callflow.benchmarks.rooms.PublishingMixer;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A room of ten members, and a number of clients of the API that receive its events as Server-Sent
 * Events, without the network.
 */
final class GrowthOfClients {

  private static final List<Integer> SIZES = List.of(1, 10, 100, 1_000, 10_000);
  private static final int MEMBERS = 10;
  private static final int MAX = 20_000;
  private static final String TOKEN = "token";

  private final PublishingMixer mixer = new PublishingMixer(MEMBERS);
  private final RoomId room = PublishingMixer.room(1);
  private int turn;

  private GrowthOfClients(int size) {
    TimeSource time = TimeSource.system();
    MemoryStore store = new MemoryStore().account(room.account(), Json.object());
    Conferences conferences = Conferences.builder(store, mixer, time).build();
    mixer.open(room);
    Access access = new Access.OfAccount(room.account());
    Api api =
        Api.builder(store, conferences, time)
            .authenticator(token -> Optional.of(access))
            .socketLimits(SocketLimits.STANDARD.clients(MAX, MAX, MAX))
            .build();
    StreamRequest events =
        new StreamRequest(
            room.account(),
            Optional.of(room.conference()),
            OptionalLong.empty(),
            new Login(access, TOKEN));
    for (int i = 0; i < size; i++) {
      if (api.sockets().follow(events, "127.0.0.1", i, new Connection()).isEmpty()) {
        throw new IllegalStateException("client " + i + " was refused");
      }
    }
  }

  /** A connection that sends everything at once. */
  private static final class Connection implements Transport {

    @Override
    public void send(List<byte[]> messages, Runnable sent) {
      sent.run();
    }

    @Override
    public void abort() {}
  }

  static void print() {
    GrowthTable table = new GrowthTable("clients that receive the events of a room", SIZES);
    List<GrowthOfClients> all = SIZES.stream().map(GrowthOfClients::new).toList();
    table.row(
        "an event, on the room's thread", all.stream().map(it -> (GrowthStep) it::event).toList());
  }

  private int event() {
    boolean on = turn / MEMBERS % 2 == 0;
    int member = turn % MEMBERS;
    turn++;
    mixer.publish(
        new MixerEvent.Changed(
            room,
            PublishingMixer.instance(room),
            on ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED,
            PublishingMixer.member(member)));
    return 1;
  }
}
