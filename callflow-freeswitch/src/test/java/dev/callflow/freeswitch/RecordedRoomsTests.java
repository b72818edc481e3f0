package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.Recording.Frame;
import dev.callflow.freeswitch.Recording.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks, with traces of a real FreeSWITCH, that events and listings agree. The members known from
 * the events must match those in each listing in their calls, numbers and roles, and in whether
 * they are muted or deaf.
 */
class RecordedRoomsTests {

  private static final AccountId ACME = new AccountId("acme");

  private static final String ONE_ROOM = "(?s)api conference [a-z]+ json_list.*";

  private final RoomNames names = new RoomNames();
  private final RoomEvents events = new RoomEvents(names, () -> Instant.EPOCH);
  private final Map<RoomId, Map<CallId, Member>> members = new HashMap<>();
  private @Nullable SnapshotReply listing;
  private int compared;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conference-dial-and-bgdial.events",
        "conference-endconf.events",
        "conference-full.events",
        "conference-lifecycle.events",
        "conference-mandatory-member-endconf.events",
        "conference-prompts.events",
        "conference-transfer-between-rooms.events",
        "conference-wait-mod.events"
      })
  void eventsAndListingsShowTheSameMembers(String trace) throws Exception {
    for (Turn turn : Recording.conference(trace).turns()) {
      for (Frame frame : turn.frames()) {
        if (frame.is("text/event-plain")) {
          read(frame.body());
        } else if (frame.is("api/response") && turn.command().matches(ONE_ROOM)) {
          assertThat(listing).as("an earlier listing that the events do not match").isNull();
          listing =
              RoomListing.read(room(turn.command().split(" ")[2]), frame.body(), Instant.EPOCH);
        }
        if (agrees()) {
          compared++;
          listing = null;
        }
      }
    }

    assertThat(listing == null || agrees()).as("%s", listing).isTrue();
    assertThat(compared).as("the number of listings compared in %s", trace).isPositive();
  }

  private void read(String body) {
    String ours =
        body.lines()
            .map(line ->
                line.startsWith("Conference-Name: ")
                    ? "Conference-Name: " + names.name(room(line.substring(17)))
                    : line)
            .reduce("", (all, line) -> all + line + "\n");
    EslEvent event =
        EslEvent.of(EslEvent.Format.PLAIN, (ours + "\n").getBytes(StandardCharsets.UTF_8));
    events.read(event).ifPresent(this::apply);
  }

  private static RoomId room(String name) {
    return new RoomId(ACME, name);
  }

  private void apply(MixerEvent event) {
    switch (event) {
      case MixerEvent.Added(RoomId room, String instance, Member member) ->
          members(room).put(member.call(), member);
      case MixerEvent.Removed(RoomId room, String instance, Member member) ->
          members(room).remove(member.call());
      case MixerEvent.Changed(RoomId room, String instance, var change, Member member) ->
          members(room).replace(member.call(), member);
      case MixerEvent.FloorChanged(RoomId room, String instance, var holder) ->
          members(room)
              .replaceAll((call, it) ->
                  it.with(Member.Flag.FLOOR, holder.filter(call::equals).isPresent()));
      case MixerEvent.Destroyed(RoomId room, String instance) -> members(room).clear();
      case MixerEvent other -> {}
    }
  }

  private Map<CallId, Member> members(RoomId room) {
    return members.computeIfAbsent(room, any -> new HashMap<>());
  }

  /**
   * Returns whether the events match the listing. The listing may be ahead of the events, which
   * FreeSWITCH sends up to 20 ms later.
   */
  private boolean agrees() {
    return switch (listing) {
      case null -> false;
      case SnapshotReply.Shown(MixerSnapshot shown) ->
          facts(shown.members()).equals(facts(members(shown.room()).values()));
      case SnapshotReply.NoSuchRoom() -> true;
      case SnapshotReply.NoAnswer(String reason) -> throw new AssertionError(reason);
    };
  }

  private static Set<List<Object>> facts(Collection<Member> members) {
    return members.stream()
        .map(it -> List.<Object>of(it.call(), it.number(), it.muted(), it.deaf(), it.moderator()))
        .collect(Collectors.toSet());
  }
}
