package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoomListingTests {

  private static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final RoomNames names = new RoomNames();

  @Test
  void theListOfARoomBecomesASnapshot() {
    String listing =
        """
        [{"conference_name":"x","conference_uuid":"u","run_time":60,"locked":true,"recording":true,
          "variables":{"callflow_account":"acme","confvar_topic":"Budget"},
          "members":[
            {"type":"caller","id":2,"uuid":"bob","flags":{"can_hear":false,"can_speak":false,"hold":true},"energy":100,"volume_in":1,"volume_out":-1,"join_time":5},
            {"type":"recording_node","id":3,"record_path":"/tmp/x.wav"},
            {"type":"caller","id":1,"uuid":"alice","flags":{"can_hear":true,"can_speak":false,"hold":false},"join_time":9}]}]
        """;
    SnapshotReply reply = RoomListing.read(BOARD, listing, NOW);
    assertThat(reply).isInstanceOf(SnapshotReply.Shown.class);
    MixerSnapshot shown = ((SnapshotReply.Shown) reply).snapshot();
    assertThat(shown.since()).isEqualTo(NOW.minusSeconds(60));
    assertThat(shown.locked()).isTrue();
    assertThat(shown.recording()).isTrue();
    assertThat(shown.held()).containsExactly(new CallId("bob"));
    assertThat(shown.variables()).containsOnly(java.util.Map.entry("topic", "Budget"));
    assertThat(shown.members()).extracting(it -> it.call().value()).containsExactly("alice", "bob");
    assertThat(shown.members().getFirst().muted()).isTrue();
    assertThat(shown.members().getLast().talkVolume()).isEqualTo(1);
    assertThat(shown.members().getLast().listenVolume()).isEqualTo(-1);
  }

  @Test
  void aListedRoomIsOursIfItsNameMatchesItsVariables() {
    String ours = new RoomNames().name(BOARD);
    String listing =
        """
        [{"conference_name":"%s","variables":{"callflow_account":"acme","callflow_conference":"board"}},
         {"conference_name":"3000","variables":{}},
         {"conference_name":"cf_00000000000000000000000000000000",
          "variables":{"callflow_account":"acme","callflow_conference":"board"}}]
        """
            .formatted(ours);
    assertThat(RoomListing.rooms(listing, names))
        .hasValueSatisfying(rooms -> assertThat(rooms).containsExactly(BOARD));
  }

  @Test
  void anEmptyListDiffersFromAnInvalidAnswer() {
    assertThat(RoomListing.rooms("[]", names)).hasValueSatisfying(it -> assertThat(it).isEmpty());
    assertThat(RoomListing.rooms("+OK No active conferences.\n", names))
        .hasValueSatisfying(it -> assertThat(it).isEmpty());
    assertThat(RoomListing.rooms("-ERR no reply\n", names)).isEmpty();
  }
}
