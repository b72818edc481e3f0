package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.visit.Held;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The names announced to a room, and the lifetime of their recordings. */
class SpokenNameTests {

  private static final String ASKS = "conf-announce_your_name";
  private static final String BEEP = "tone_stream://%(500,0,440)";
  private static final Map<String, String> IS_ANN =
      Map.of("callflow_authorizing_type", "user", "callflow_authorizing_id", "ann");

  private final Bed bed = new Bed();
  private final SpokenName spokenName = new SpokenName(bed.time, bed.recordings);
  private final Visitor stranger = bed.visitor("stranger");

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- asking for a name

  @Test
  void callersAreNotAskedByDefault() {
    bed.room("{}");

    assertThat(nameOf(stranger)).isEmpty();
    assertThat(stranger.leg().orders()).isEmpty();
  }

  @Test
  void callersAreNotAskedIfTheConfigurationForbidsNames() {
    bed.account("{\"support_name_announcement\":false}").room("{\"play_name\":true}");

    assertThat(nameOf(stranger)).isEmpty();
    assertThat(stranger.leg().orders()).isEmpty();
  }

  @Test
  void aCallerRecordsTheirNameAfterABeep() {
    bed.room("{\"play_name\":true}");

    Optional<Media> name = nameOf(stranger);

    assertThat(name).hasValueSatisfying(it -> assertThat(it).isInstanceOf(Media.Recording.class));
    assertThat(stranger.leg().orders())
        .containsExactly("play " + ASKS, "play " + BEEP, "record " + recorded(name));
  }

  @Test
  void theFileNameOfTheRecordingCannotBeGuessed() {
    bed.room("{\"play_name\":true}");

    assertThat(recorded(nameOf(stranger))).matches("name_[0-9a-f]{32}");
  }

  @Test
  void keysPressedBeforeAndDuringTheRecordingAreIgnored() {
    bed.account("{\"review_name\":true}").room("{\"play_name\":true}");
    stranger.leg().press("1");
    stranger.leg().replies(ASKS, "1");
    // The key that accepts the recording is effective only after the review prompt has started.
    stranger.leg().replies("conf-review", "1");

    nameOf(stranger);

    assertThat(stranger.leg().heard())
        .containsExactly(ASKS, BEEP, "conf-your_announcement", "recording", "conf-review");
  }

  @Test
  void aSilentCallerIsLetInWithoutAName() {
    bed.room("{\"play_name\":true}");
    stranger.leg().speaksFor(Duration.ZERO);

    assertThat(nameOf(stranger)).isEmpty();
    assertThat(stranger.leg().heard()).containsExactly(ASKS, BEEP);
  }

  // ---- reviews

  @Test
  void theConfigurationCanRequireAReview() {
    bed.account("{\"review_name\":true}").room("{\"play_name\":true}");
    stranger.leg().replies("conf-review", "1");

    assertThat(nameOf(stranger)).isPresent();
    assertThat(stranger.leg().heard())
        .containsExactly(ASKS, BEEP, "conf-your_announcement", "recording", "conf-review");
  }

  @Test
  void aRejectedNameIsRecordedAgain() {
    bed.account("{\"review_name\":true}").room("{\"play_name\":true}");
    stranger.leg().replies("conf-review", "2", "1");

    assertThat(nameOf(stranger)).isPresent();
    assertThat(stranger.leg().heard()).filteredOn(ASKS::equals).hasSize(2);
  }

  @Test
  void afterFiveRejectedNamesTheCallerIsLetInWithoutOne() {
    bed.account("{\"review_name\":true}").room("{\"play_name\":true}");
    stranger.leg().replies("conf-review", "2", "2", "2", "2", "2", "1");

    assertThat(nameOf(stranger)).isEmpty();
    assertThat(stranger.leg().heard()).filteredOn(ASKS::equals).hasSize(5);
  }

  // ---- users

  @Test
  void aUserWithAStoredNameIsNotAsked() {
    bed.room("{\"play_name\":true}")
        .document(DocumentType.MEDIA, "name-of-ann", "{}")
        .document(DocumentType.USER, "ann", "{\"name_pronounced\":{\"media_id\":\"name-of-ann\"}}");

    assertThat(nameOf(bed.visitor("ann").variables(IS_ANN)))
        .contains(new Media.Stored("name-of-ann", "name-of-ann"));
  }

  @Test
  void aStoredNameThatTheAccountMayNotUseIsRecordedAgain() {
    bed.room("{\"play_name\":true}")
        .document(DocumentType.USER, "ann", "{\"name_pronounced\":{\"media_id\":\"/etc/passwd\"}}");

    assertThat(recorded(nameOf(bed.visitor("ann").variables(IS_ANN)))).startsWith("username_");
  }

  @Test
  void theOwnerOfADeviceCountsAsTheUser() {
    bed.room("{\"play_name\":true}")
        .document(DocumentType.MEDIA, "name-of-ann", "{}")
        .document(DocumentType.USER, "ann", "{\"name_pronounced\":{\"media_id\":\"name-of-ann\"}}");

    assertThat(
            nameOf(
                bed.visitor("ann")
                    .variables(
                        Map.of(
                            "callflow_authorizing_type", "device",
                            "callflow_authorizing_id", "phone",
                            "callflow_owner_id", "ann"))))
        .contains(new Media.Stored("name-of-ann", "name-of-ann"));
  }

  @Test
  void aDeviceIsNotAUserEvenIfItsIdIsThatOfAUser() {
    bed.room("{\"play_name\":true}")
        .document(DocumentType.MEDIA, "name-of-ann", "{}")
        .document(DocumentType.USER, "ann", "{\"name_pronounced\":{\"media_id\":\"name-of-ann\"}}");

    assertThat(
            recorded(
                nameOf(
                    bed.visitor("ann")
                        .variables(
                            Map.of(
                                "callflow_authorizing_type", "device",
                                "callflow_authorizing_id", "ann")))))
        .startsWith("name_");
  }

  @Test
  void aUsersNameIsStoredInAnEditableStore() {
    bed.editable()
        .room("{\"play_name\":true}")
        .document(DocumentType.USER, "ann", "{\"first_name\":\"Ann\"}");

    String recording = recorded(nameOf(bed.visitor("ann").variables(IS_ANN)));

    Document user = bed.store.find(Bed.ACME, DocumentType.USER, "ann").orElseThrow();
    assertThat(Json.text(user.body(), "first_name")).contains("Ann");
    String medium =
        Json.object(user.body(), "name_pronounced")
            .flatMap(name -> Json.text(name, "media_id"))
            .orElseThrow();
    assertThat(bed.store.find(Bed.ACME, DocumentType.MEDIA, medium).orElseThrow().body())
        .isEqualTo(Bed.json("{\"name\":\"name of ann\",\"recording\":\"" + recording + "\"}"));
  }

  @Test
  void aUserIsAskedOnlyOnceIfTheNameIsStored() {
    bed.editable().room("{\"play_name\":true}").document(DocumentType.USER, "ann", "{}");
    Optional<Media> first = nameOf(bed.visitor("ann").variables(IS_ANN));
    Visitor again = bed.visitor("ann-again").variables(IS_ANN);

    Optional<Media> second = nameOf(again);

    assertThat(again.leg().orders()).isEmpty();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aUsersNameIsKeptInMemoryIfTheStoreIsReadOnly() {
    bed.room("{\"play_name\":true}").document(DocumentType.USER, "ann", "{}");
    Optional<Media> first = nameOf(bed.visitor("ann").variables(IS_ANN));
    Visitor again = bed.visitor("ann-again").variables(IS_ANN);

    assertThat(nameOf(again)).isEqualTo(first);
    assertThat(again.leg().orders()).isEmpty();
  }

  @Test
  void aSilentUserIsAskedAgain() {
    bed.room("{\"play_name\":true}").document(DocumentType.USER, "ann", "{}");
    Visitor silent = bed.visitor("ann").variables(IS_ANN);
    silent.leg().speaksFor(Duration.ZERO);
    assertThat(nameOf(silent)).isEmpty();

    assertThat(nameOf(bed.visitor("ann-again").variables(IS_ANN))).isPresent();
  }

  @Test
  void strangersAreAskedOnEachCall() {
    bed.room("{\"play_name\":true}");

    assertThat(recorded(nameOf(stranger))).isNotEqualTo(recorded(nameOf(bed.visitor("other"))));
  }

  // ---- deleting recordings

  @Test
  void aStrangersRecordingIsDeletedAMinuteAfterTheyHaveLeft() {
    bed.room("{\"play_name\":true}");
    Held held = new Held();
    String recording = recorded(nameOf(stranger, held));
    bed.passes(Duration.ofHours(1));
    bed.run(held::close);

    bed.passes(Duration.ofSeconds(59));
    assertThat(stranger.leg().orders()).doesNotContain("discard " + recording);
    bed.passes(Duration.ofSeconds(1));
    assertThat(stranger.leg().orders()).endsWith("discard " + recording);
  }

  @Test
  void theRecordingOfACallerWhoHangsUpWhileRecordingIsDeleted() {
    bed.room("{\"play_name\":true}");
    stranger.leg().hangsUp(Duration.ofSeconds(7));
    Held held = new Held();

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> nameOf(stranger, held));
    bed.run(held::close);
    bed.passes(Duration.ofMinutes(1));

    assertThat(orders("discard ")).hasSize(1);
  }

  @Test
  void theRecordingOfAUserWhoHangsUpWhileRecordingIsDeletedToo() {
    bed.room("{\"play_name\":true}").document(DocumentType.USER, "ann", "{}");
    stranger.variables(IS_ANN).leg().hangsUp(Duration.ofSeconds(7));
    Held held = new Held();

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> nameOf(stranger, held));
    bed.run(held::close);
    bed.passes(Duration.ofMinutes(1));

    assertThat(orders("discard username_")).hasSize(1);
  }

  @Test
  void theRecordingOfASilentCallerIsDeleted() {
    bed.room("{\"play_name\":true}");
    stranger.leg().speaksFor(Duration.ZERO);
    Held held = new Held();
    nameOf(stranger, held);
    bed.run(held::close);
    bed.passes(Duration.ofMinutes(1));

    assertThat(orders("discard ")).hasSize(1);
  }

  @Test
  void aUsersRecordingIsKept() {
    bed.room("{\"play_name\":true}").document(DocumentType.USER, "ann", "{}");
    Held held = new Held();
    nameOf(stranger.variables(IS_ANN), held);
    bed.run(held::close);
    bed.passes(Duration.ofMinutes(2));

    assertThat(orders("discard ")).isEmpty();
  }

  private List<String> orders(String prefix) {
    return stranger.leg().orders().stream().filter(it -> it.startsWith(prefix)).toList();
  }

  private Optional<Media> nameOf(Visitor visitor) {
    return nameOf(visitor, new Held());
  }

  private Optional<Media> nameOf(Visitor visitor, Held held) {
    return bed.run(() -> spokenName.of(visitor.member(), held));
  }

  private static String recorded(Optional<Media> name) {
    return ((Media.Recording) name.orElseThrow()).recording();
  }
}
