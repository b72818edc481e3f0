package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.ObjectNode;

/** Tests calls over real connections; the other side replays traces of a real FreeSWITCH. */
@Execution(ExecutionMode.CONCURRENT)
class RecordedCallsIT {

  private static final AccountId ACME = new AccountId("acme");

  private record Ending(
      List<String> requests,
      List<String> executed,
      EndedBy by,
      HangupCause cause,
      String conference) {}

  /** Starts hold music, stops it and plays a prompt. */
  private static final class MusicThenWelcome implements CallflowModule {
    @Override
    public String name() {
      return "music_then_welcome";
    }

    @Override
    public Outcome run(ModuleContext context) {
      context.call().answer();
      context.call().stop(context.call().startMusic(new Media.HoldMusic()));
      context.call().play(new Media.Prompt("conf-welcome", ""), KeyPolicy.WAIT);
      return new Outcome.Stop();
    }
  }

  private static final String CONFERENCE =
      """
      {"module":"conference","data":{"id":"board"},
       "children":{"kicked":{"module":"play","data":{"id":"prompt://system/conf-goodbye/"},
         "children":{"_":{"module":"hangup","data":{}}}}}}
      """;

  private final MemoryStore store = new MemoryStore();
  private boolean controlIsLost;

  private Ending call(String trace, String flow) throws Exception {
    return call(Recording.outbound(trace), flow);
  }

  private Ending call(Recording trace, String flow) throws Exception {
    ObjectNode callflow = Json.object();
    callflow.putArray("numbers").add("3000");
    callflow.set("flow", Json.read(flow));
    store.account(ACME, Json.object());
    store.put(ACME, DocumentType.CALLFLOW, "main", callflow);
    store.put(
        ACME,
        DocumentType.CONFERENCE,
        "board",
        Json.readObject("{\"name\":\"Board\",\"member\":{\"pins\":[\"4711\"]}}"));
    BlockingQueue<String> conference = new LinkedBlockingQueue<>();
    BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    try (ControlPeer control = new ControlPeer();
        FreeSwitch freeSwitch =
            new FreeSwitch(
                FreeSwitchOptions.builder(
                        new InetSocketAddress("127.0.0.1", 0), control.address(), "secret")
                    .controlTimeout(Eventually.LIMIT)
                    .build(),
                TimeSource.system())) {
      Conferences conferences =
          Conferences.builder(store, freeSwitch.mixer(), TimeSource.system())
              .observer((call, outcome) -> conference.add(outcome.key()))
              .build();
      CallObserver observer =
          new CallObserver() {
            @Override
            public void ended(CallRecord call) {
              endings.add(new Ending(List.of(), List.of(), call.endedBy(), call.cause(), ""));
            }
          };
      freeSwitch.start(
          CallflowEngine.builder(store, TimeSource.system())
              .modules(conferences.modules())
              .modules(List.of(new MusicThenWelcome()))
              .observer(observer)
              .defaultAccount(ACME)
              .build());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
      if (controlIsLost) {
        control.drop();
        Eventually.holds(
            "the control connection is lost", () -> !freeSwitch.awaitConnected(Duration.ZERO));
      }
      try (RecordedSwitch peer = new RecordedSwitch(trace, freeSwitch.calls(), control)) {
        peer.play();
        Ending ending = Eventually.next("the end of " + trace.name(), endings);
        String outcome = conference.poll();
        return new Ending(
            peer.requests(),
            peer.executed(),
            ending.by(),
            ending.cause(),
            outcome == null ? "" : outcome);
      }
    }
  }

  @Test
  void aCallThatTheCallflowHangsUpIsEndedByTheEngine() throws Exception {
    Ending ending =
        call(
            "outbound-answer-playback-hangup-by-app",
            """
            {"module":"play","data":{"id":"prompt://system/conf-welcome/"},
             "children":{"_":{"module":"hangup","data":{}}}}
            """);

    assertThat(ending.requests())
        .containsExactly(
            "answer", "playback conference/conf-welcome.wav", "hangup NORMAL_CLEARING");
    assertThat(ending.by()).isEqualTo(EndedBy.ENGINE);
    assertThat(ending.cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
  }

  @Test
  void aRefusedCallEndsWithTheGivenCause() throws Exception {
    Ending ending =
        call(
            "outbound-hangup-with-linger-2",
            """
            {"module":"response","data":{"code":486}}
            """);

    assertThat(ending.requests()).containsExactly("hangup USER_BUSY");
    assertThat(ending.by()).isEqualTo(EndedBy.ENGINE);
    assertThat(ending.cause()).isEqualTo(HangupCause.USER_BUSY);
  }

  @Test
  void aCallWithoutLingerEndsTheSameWay() throws Exception {
    Ending ending = call("outbound-hangup-without-linger", "{\"module\":\"hangup\",\"data\":{}}");

    assertThat(ending.by()).isEqualTo(EndedBy.ENGINE);
    assertThat(ending.cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
  }

  @Test
  void aCallRestoresALostControlConnection() throws Exception {
    controlIsLost = true;

    Ending ending = call("outbound-caller-hangs-up-during-playback", CONFERENCE);

    assertThat(ending.requests()).containsExactly("answer", "playback conference/conf-welcome.wav");
    assertThat(ending.conference()).isEqualTo("abandoned");
  }

  @Test
  void aCallerWhoHangsUpDuringAPromptEndsTheCall() throws Exception {
    Ending ending = call("outbound-caller-hangs-up-during-playback", CONFERENCE);

    assertThat(ending.requests()).containsExactly("answer", "playback conference/conf-welcome.wav");
    assertThat(ending.by()).isEqualTo(EndedBy.CALLER);
    assertThat(ending.cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
    assertThat(ending.conference()).isEqualTo("abandoned");
  }

  @Test
  void aHangupReportedAfterTheEndOfTheSocketIsNotATransfer() throws Exception {
    Ending ending =
        call(
            Recording.outbound("outbound-caller-hangs-up-during-playback").hangupReportedLast(),
            CONFERENCE);

    assertThat(ending.by()).isEqualTo(EndedBy.CALLER);
    assertThat(ending.cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
  }

  @Test
  void aHangupIsNotATransferIfTheSocketEndsBeforeTheChannelKnowsOfIt() throws Exception {
    Ending ending =
        call(
            Recording.outbound("outbound-caller-hangs-up-during-playback")
                .socketEndsBeforeTheHangup(),
            CONFERENCE);

    assertThat(ending.by()).isEqualTo(EndedBy.CALLER);
    assertThat(ending.cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
  }

  @Test
  void aCallerWhoHangsUpBeforeTheAnswerEndsTheCall() throws Exception {
    Ending ending = call("outbound-caller-gives-up-before-answer", CONFERENCE);

    assertThat(ending.by()).isEqualTo(EndedBy.CALLER);
    assertThat(ending.cause()).isEqualTo(HangupCause.ORIGINATOR_CANCEL);
    assertThat(ending.conference()).isEqualTo("abandoned");
  }

  @Test
  void aCallThatAnOperatorEndsHasTheCauseOfTheOperator() throws Exception {
    Ending ending = call("outbound-uuid-kill.app", CONFERENCE);

    assertThat(ending.cause()).isEqualTo(HangupCause.CALL_REJECTED);
    assertThat(ending.conference()).isEqualTo("abandoned");
  }

  @Test
  void aCallTransferredByTheCallflowIsNotHungUp() throws Exception {
    Ending ending =
        call(
            "outbound-transfer-away.app",
            """
            {"module":"collect_dtmf","data":{"timeout":1},
             "children":{"_":{"module":"transfer","data":{"number":"7000"}}}}
            """);

    assertThat(ending.requests()).containsExactly("answer", "transfer 7000");
    assertThat(ending.cause()).isEqualTo(HangupCause.BLIND_TRANSFER);
  }

  @Test
  void aCallTransferredInFreeSwitchIsNotHungUp() throws Exception {
    Ending ending = call("outbound-transferred-by-api.app", CONFERENCE);

    assertThat(ending.requests()).containsExactly("answer", "playback conference/conf-welcome.wav");
    assertThat(ending.cause()).isEqualTo(HangupCause.BLIND_TRANSFER);
    assertThat(ending.conference()).isEqualTo("abandoned");
  }

  @Test
  void aMissingPromptDoesNotSkipTheNextOne() throws Exception {
    Ending ending = call("outbound-unknown-application-and-missing-file", CONFERENCE);

    assertThat(ending.requests())
        .startsWith(
            "answer",
            "playback conference/conf-welcome.wav",
            "playback conference/conf-enter_conf_pin.wav");
    assertThat(ending.cause()).isEqualTo(HangupCause.DESTINATION_OUT_OF_ORDER);
  }

  @Test
  void aMissingPromptIsReplacedByItsFallback() throws Exception {
    Ending ending =
        call(
            "outbound-unknown-application-and-missing-file",
            """
            {"module":"play","data":{"id":"prompt://system/conf-bad_pin/"}}
            """);

    assertThat(ending.requests())
        .startsWith(
            "answer",
            "playback conference/conf-bad_pin.wav",
            "playback conference/conf-bad-pin.wav");
  }

  @Test
  void pressedKeysAreKeptOutOfTheCallRecords() throws Exception {
    Ending ending = call("outbound-two-wrong-pins-then-right-then-conference.app", CONFERENCE);

    assertThat(ending.executed()).containsOnlyOnce("set digits_dialed_filter=.+");
  }

  @Test
  void musicIsPlayedInPieces() throws Exception {
    Ending ending =
        call(
            "outbound-two-wrong-pins-then-right-then-conference.app",
            """
            {"module":"music_then_welcome","data":{}}
            """);

    assertThat(
            ending.executed().stream()
                .filter(it -> it.matches("set playback_timeout_sec=.*|playback .*(moh|wav)"))
                .distinct())
        .containsExactly(
            "set playback_timeout_sec=30",
            "playback local_stream://moh",
            "set playback_timeout_sec=0",
            "playback conference/conf-welcome.wav");
  }

  @Test
  void digitsAfterThePromptAreCollectedUntilTheHashKey() throws Exception {
    Ending ending =
        call(
            "outbound-play-and-get-digits-ok",
            """
            {"module":"menu","data":{"greeting":"prompt://system/conf-pin/"},
             "children":{"4711":{"module":"play","data":{"id":"prompt://system/conf-welcome/"},
               "children":{"_":{"module":"hangup","data":{}}}}}}
            """);

    assertThat(ending.requests())
        .endsWith("playback conference/conf-welcome.wav", "hangup NORMAL_CLEARING");
  }

  @Test
  void aCallerEntersAfterTwoWrongPinsAndIsKicked() throws Exception {
    Ending ending = call("outbound-two-wrong-pins-then-right-then-conference.app", CONFERENCE);

    assertThat(ending.requests())
        .satisfiesExactly(
            it -> assertThat(it).isEqualTo("answer"),
            it -> assertThat(it).isEqualTo("playback conference/conf-welcome.wav"),
            it -> assertThat(it).isEqualTo("playback conference/conf-enter_conf_pin.wav"),
            it -> assertThat(it).isEqualTo("playback conference/conf-bad_pin.wav"),
            it -> assertThat(it).isEqualTo("playback conference/conf-enter_conf_pin.wav"),
            it -> assertThat(it).isEqualTo("playback conference/conf-bad_pin.wav"),
            it -> assertThat(it).isEqualTo("playback conference/conf-enter_conf_pin.wav"),
            it -> assertThat(it).matches("conference cf_[0-9a-f]{32}@default\\+flags\\{mute}"),
            it -> assertThat(it).isEqualTo("playback conference/conf-goodbye.wav"),
            it -> assertThat(it).isEqualTo("hangup NORMAL_CLEARING"));
    assertThat(ending.conference()).isEqualTo("kicked");
    assertThat(ending.by()).isEqualTo(EndedBy.ENGINE);
  }
}
