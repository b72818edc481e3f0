package dev.callflow.benchmarks.growth;

import dev.callflow.benchmarks.rooms.PublishingMixer;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.List;

/** A number of open rooms with two members each; all but one of them belong to one account. */
final class GrowthOfRooms {

  private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000);
  private static final int MEMBERS = 2;
  private static final AccountId SMALL = new AccountId("small");
  private static final RoomId ONE = new RoomId(SMALL, "one");
  private static final RoomId MORE = PublishingMixer.room(1_000_000);

  private final PublishingMixer mixer = new PublishingMixer(MEMBERS);
  private final RoomId room = PublishingMixer.room(5);
  private final Limits limits;
  private final Conferences conferences;
  private final int size;
  private boolean on;

  private GrowthOfRooms(int size) {
    this.size = size;
    MemoryStore store =
        new MemoryStore().account(room.account(), Json.object()).account(SMALL, Json.object());
    TimeSource time = TimeSource.system();
    limits = Limits.of(store, time, AccountLimits.standard().with(Limit.ROOMS, 1_000_000));
    conferences = Conferences.builder(store, mixer, time).limits(limits).build();
    mixer.open(ONE);
    for (int i = 1; i < size; i++) {
      mixer.open(PublishingMixer.room(i));
    }
  }

  static void print() {
    GrowthTable table = new GrowthTable("open rooms", SIZES);
    List<GrowthOfRooms> all = SIZES.stream().map(GrowthOfRooms::new).toList();
    table.row("one more opens and closes", all.stream().map(it -> (GrowthStep) it::opens).toList());
    table.row(
        "a member joins a room and leaves",
        all.stream().map(it -> (GrowthStep) it::joins).toList());
    table.row(
        "an operator mutes a member", all.stream().map(it -> (GrowthStep) it::mutes).toList());
    table.row("a room is found by its id", all.stream().map(it -> (GrowthStep) it::finds).toList());
    table.row(
        "rooms of an account with one", all.stream().map(it -> (GrowthStep) it::listsOne).toList());
    table.row(
        "rooms of their account, for each",
        all.stream().map(it -> (GrowthStep) it::lists).toList());
    table.row(
        "the metric of rooms is read", all.stream().map(it -> (GrowthStep) it::counts).toList());
  }

  private int opens() {
    mixer.open(MORE);
    mixer.publish(new MixerEvent.Destroyed(MORE, PublishingMixer.instance(MORE)));
    return 1;
  }

  private int joins() {
    Member member = PublishingMixer.member(MEMBERS);
    mixer.publish(new MixerEvent.Added(room, PublishingMixer.instance(room), member));
    mixer.publish(new MixerEvent.Removed(room, PublishingMixer.instance(room), member));
    return 1;
  }

  private int mutes() {
    on = !on;
    ActionResult result =
        conferences
            .conference(room.account(), room.conference())
            .perform(new ConferenceAction.Mute("1", on));
    require(result instanceof ActionResult.Done);
    return 1;
  }

  private int finds() {
    require(conferences.find(room.account(), room.conference()).isPresent());
    return 1;
  }

  private int listsOne() {
    require(conferences.running(SMALL).size() == 1);
    return 1;
  }

  private int lists() {
    require(conferences.running(room.account()).size() == size - 1);
    return size;
  }

  private int counts() {
    require(limits.used(Limit.ROOMS) == size);
    return 1;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the rooms behave in an unexpected way");
    }
  }
}
