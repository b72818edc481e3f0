package dev.callflow.conference.publish;

import static dev.callflow.conference.room.Sample.INSTANCE;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.ShiftedTime;
import dev.callflow.conference.event.EventLogs;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.event.EventType;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.JoinRequest.OnDuplicate;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.listen.Subscription;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The event settings are read before a room opens, and never while an event is published. */
class EventSettingsTests {

  private static final AccountId ACME = ROOM.account();
  private static final Member ALICE = member("alice", 1);

  private final ShiftedTime time = new ShiftedTime();
  private final OneAccount store = new OneAccount();
  private final EventLogs logs = new EventLogs(time);
  private final EventSettings settings = new EventSettings(store, time);

  /** A store with one account. Tests can make the store block or fail. */
  private static final class OneAccount implements DocumentStore {
    volatile String system = "{}";
    volatile String account = "{}";
    volatile CountDownLatch open = new CountDownLatch(0);
    volatile CountDownLatch readAgain = new CountDownLatch(0);
    volatile boolean unavailable;

    void block() {
      open = new CountDownLatch(1);
    }

    private void visit() {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (unavailable) {
        throw new StoreUnavailableException("the store is down", new IllegalStateException());
      }
    }

    @Override
    public Optional<Account> account(AccountId id) {
      visit();
      return Optional.of(
          new Account(id, Optional.empty(), Optional.empty(), Json.readObject(account)));
    }

    @Override
    public ObjectNode systemConfig() {
      visit();
      readAgain.countDown();
      return Json.readObject(system);
    }

    @Override
    public Optional<AccountId> accountByRealm(String realm) {
      return Optional.empty();
    }

    @Override
    public Optional<Document> find(AccountId account, DocumentType type, String id) {
      return Optional.empty();
    }

    @Override
    public List<Document> all(AccountId account, DocumentType type) {
      return List.of();
    }

    @Override
    public Subscription onChange(Consumer<AccountId> listener) {
      return () -> {};
    }
  }

  private static final String ONLY_JOINS =
      "{\"ecallmgr\":{\"publish_participant_event\":[\"add-member\"]}}";

  @Test
  void allEventsArePublishedUnlessTheSystemListsSome() {
    settings.read(ACME);
    assertThat(settings.isPublished(EventType.DEL_MEMBER)).isTrue();
  }

  @Test
  void onlyListedEventsArePublishedFromTheStart() {
    store.system = ONLY_JOINS;
    settings.read(ACME);
    assertThat(settings.isPublished(EventType.ADD_MEMBER)).isTrue();
    assertThat(settings.isPublished(EventType.DEL_MEMBER)).isFalse();
  }

  @Test
  void theAccountSetsTheIntervalOfTalkingEvents() {
    store.account = "{\"conferences\":{\"talking_interval\":5000}}";
    assertThat(settings.talkingInterval(new AccountId("other"))).isEqualTo(Duration.ZERO);
    settings.read(ACME);
    assertThat(settings.talkingInterval(ACME)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void valuesOlderThanFiveSecondsAreReloadedBeforeARoomOpens() {
    settings.read(ACME);
    store.system = ONLY_JOINS;
    time.forward(Duration.ofSeconds(6));
    settings.read(ACME);
    assertThat(settings.isPublished(EventType.DEL_MEMBER)).isFalse();
  }

  @Test
  void aFilterRemovedFromTheConfigurationIsNoLongerApplied() {
    store.system = ONLY_JOINS;
    settings.read(ACME);
    store.system = "{}";
    time.forward(Duration.ofSeconds(6));
    settings.read(ACME);
    assertThat(settings.isPublished(EventType.DEL_MEMBER)).isTrue();
  }

  @Test
  void theLastKnownValuesApplyWhileTheStoreIsDown() {
    store.system = ONLY_JOINS;
    settings.read(ACME);
    store.unavailable = true;
    time.forward(Duration.ofSeconds(6));
    settings.read(ACME);
    assertThat(settings.isPublished(EventType.DEL_MEMBER)).isFalse();
  }

  @Test
  void aRunningRoomUsesOldValuesWhileNewOnesAreRead() throws Exception {
    settings.read(ACME);
    store.system = ONLY_JOINS;
    store.block();
    store.readAgain = new CountDownLatch(1);
    time.forward(Duration.ofSeconds(6));
    assertThat(settings.isPublished(EventType.DEL_MEMBER)).isTrue();
    store.open.countDown();
    assertThat(store.readAgain.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBlockedStoreDoesNotStopCallersOfARunningRoom() {
    ScriptedMixer mixer = new ScriptedMixer();
    Rooms rooms = rooms(mixer);
    assertThat(rooms.join(ROOM, request("alice"))).isEqualTo(new JoinDecision.Seated());
    store.block();
    time.forward(Duration.ofMinutes(10));
    mixer.emit(created(), added(ALICE));
    mixer.emit(changed(Change.TALKING, ALICE), changed(Change.MUTED, ALICE));
    mixer.emit(new MixerEvent.Locked(ROOM, INSTANCE, false));
    assertThat(rooms.join(ROOM, request("bob"))).isEqualTo(new JoinDecision.Seated());
    assertThat(rooms.snapshot(ROOM).map(RoomSnapshot::members).orElseThrow()).hasSize(1);
    Eventually.passes(() ->
        assertThat(published())
            .containsExactly("conference-create", "add-member", "start-talking", "mute-member"));
  }

  private Rooms rooms(ScriptedMixer mixer) {
    EventPublisher publisher =
        new EventPublisher(
            settings,
            new ChannelVariables(),
            logs,
            new TalkingLimit(time, (room, notice) -> {}),
            ConferenceMetrics.NONE,
            time);
    return new Rooms(
        mixer,
        time,
        RoomOptions.of(Duration.ofMinutes(1)),
        new RecordingNames(new Random(1)),
        new Publishing(publisher));
  }

  private List<String> published() {
    EventStream stream = logs.begin(ROOM, 0, 0, 100);
    return Stream.generate(() -> next(stream))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .map(item -> ((EventStream.Item.Happened) item).event().name())
        .toList();
  }

  private static Optional<EventStream.Item> next(EventStream stream) {
    try {
      return stream.next(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private record Publishing(EventPublisher publisher) implements RoomListener {
    @Override
    public void opening(RoomId room) {
      publisher.opening(room);
    }

    @Override
    public void onEvent(RoomEvent event) {
      publisher.onEvent(event);
    }

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return Optional.empty();
    }

    @Override
    public void closed(RoomId room) {}

    @Override
    public void seats(int change) {}
  }

  private static JoinRequest request(String call) {
    return new JoinRequest(
        call(call),
        "",
        false,
        false,
        false,
        new JoinRequest.Rules(
            OptionalInt.empty(),
            OnDuplicate.ALLOW,
            false,
            false,
            Duration.ZERO,
            OptionalInt.empty()),
        signal -> true);
  }
}
