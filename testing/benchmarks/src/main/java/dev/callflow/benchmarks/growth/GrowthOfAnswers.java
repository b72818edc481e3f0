package dev.callflow.benchmarks.growth;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.RateLimit;
import dev.callflow.benchmarks.rooms.PublishingMixer;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Map;

/** The REST API without its server, and a running conference with a number of participants. */
final class GrowthOfAnswers {

  private static final List<Integer> SIZES = List.of(10, 100, 1_000, 5_000);
  private static final String TOKEN = "token";
  private static final int UNLIMITED = 1_000_000_000;

  private final RoomId room = PublishingMixer.room(1);
  private final PublishingMixer mixer;
  private final Api api;
  private final int members;
  private int turn;

  private GrowthOfAnswers(int members) {
    this.members = members;
    mixer = new PublishingMixer(members);
    TimeSource time = TimeSource.system();
    MemoryStore store =
        new MemoryStore()
            .account(room.account(), Json.object())
            .put(
                room.account(),
                DocumentType.CONFERENCE,
                room.conference(),
                Json.object().put("name", "Room"));
    Conferences conferences = Conferences.builder(store, mixer, time).build();
    mixer.open(room);
    api =
        Api.builder(store, conferences, time)
            .authenticator(
                HashedTokens.of(
                    Json.read(
                        "[{\"sha256\":\"%s\",\"account\":\"%s\"}]"
                            .formatted(HashedTokens.hash(TOKEN), room.account()))))
            .limit(new RateLimit(UNLIMITED, UNLIMITED, time))
            .build();
  }

  static void print() {
    GrowthTable table = new GrowthTable("participants of a conference", SIZES);
    List<GrowthOfAnswers> all = SIZES.stream().map(GrowthOfAnswers::new).toList();
    table.row(
        "GET the conference after a change, for each",
        all.stream().map(it -> (GrowthStep) it::changed).toList());
    table.row(
        "GET the conference again",
        all.stream().map(it -> (GrowthStep) () -> it.get("/room-1")).toList());
    table.row("GET one participant", all.stream().map(it -> (GrowthStep) it::one).toList());
    table.row(
        "GET the list of conferences", all.stream().map(it -> (GrowthStep) it::list).toList());
  }

  private int changed() {
    boolean on = turn++ % 2 == 0;
    mixer.publish(
        new MixerEvent.Changed(
            room,
            PublishingMixer.instance(room),
            on ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED,
            PublishingMixer.member(1)));
    get("/room-1");
    return members;
  }

  private int one() {
    return get("/room-1/participants/" + turn++ % members);
  }

  private int list() {
    return get("");
  }

  private int get(String path) {
    ApiReply reply =
        api.answer(
            new ApiRequest(
                "GET",
                "/v2/accounts/" + room.account() + "/conferences" + path,
                Map.of(),
                Map.of("X-Auth-Token", TOKEN),
                ""));
    if (reply.status() != 200) {
      throw new IllegalStateException("the reply has status " + reply.status());
    }
    return 1;
  }
}
