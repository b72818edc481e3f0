package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.error.EslTimeoutException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.LogData;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Tests that this client does not have the problems that users of other inbound clients report. */
@Isolated("counts threads and reads the log")
class ComplaintsIT {

  private static final Duration LONG = Eventually.LIMIT;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private ServerSocket server;
  private EslClient client;

  private class CallRecorder implements EslClientListener {
    @Override
    public void connected(EslPeer peer) {
      received.add("connected");
    }

    @Override
    public void lost(EslException reason) {
      received.add(reason.getClass().getSimpleName());
    }

    @Override
    public void event(EslEvent event) {
      received.add(event.name() + " " + event.header("N").orElse(""));
    }

    @Override
    public void log(LogData line) {
      received.add("log " + line.text().strip());
    }
  }

  @BeforeEach
  void listen() throws IOException {
    server = ScriptedPeer.listen();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private EslClientOptions.Builder builder() {
    return PatientOptions.client(server.getLocalSocketAddress())
        .events(List.of("HEARTBEAT"), List.of())
        .metrics(metrics)
        .listener(new CallRecorder());
  }

  private ScriptedPeer connect(EslClientOptions.Builder builder) throws IOException {
    client = new EslClient(builder.build()).start();
    ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1");
    assertThat(client.awaitConnected(LONG)).isTrue();
    return peer;
  }

  private String next() throws InterruptedException {
    return Eventually.next("the next event", received);
  }

  @Test
  void aListenerMaySendCommandsAndWaitWithoutADeadlock() throws Exception {
    EslClientListener sender =
        new EslClientListener() {
          @Override
          public void event(EslEvent event) {
            received.add(client.api("status", "", LONG));
          }
        };
    try (ScriptedPeer peer = connect(builder().listener(sender))) {
      peer.events(0, 1).expect("api status").api("up");
      assertThat(next()).isEqualTo("up");
    }
  }

  @Test
  void twentyThousandEventsStayInOrder() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      peer.events(0, 20_000);
      assertThat(next()).isEqualTo("connected");
      for (int i = 0; i < 20_000; i++) {
        assertThat(next()).isEqualTo("HEARTBEAT " + i);
      }
    }
  }

  @Test
  void multiByteCharactersSurviveAnySplitOfTheStream() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<String> answer = client.apiAsync("echo", "Zoë 周", LONG);
      peer.expect("api echo Zoë 周");
      byte[] body = "Zoë 周 ".repeat(3).getBytes(StandardCharsets.UTF_8);
      peer.send("Content-Type: api/response\nContent-Length: " + body.length + "\n\n");
      for (byte one : body) {
        peer.send(new byte[] {one});
      }
      assertThat(Eventually.result("the result", answer)).isEqualTo("Zoë 周 Zoë 周 Zoë 周 ");
    }
  }

  @Test
  void noResultIsMissedWhenAThousandJobsRunAtOnce() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      List<CompletableFuture<String>> results =
          IntStream.range(0, 1000)
              .mapToObj(i -> client.bgapiAsync("status", "", Eventually.LIMIT))
              .toList();
      for (int i = 0; i < 1000; i++) {
        String command = peer.command();
        String job = command.substring(command.indexOf("Job-UUID: ") + "Job-UUID: ".length());
        peer.reply("+OK Job-UUID: " + job)
            .event("Event-Name: BACKGROUND_JOB\nJob-UUID: " + job + "\n");
      }
      for (CompletableFuture<String> result : results) {
        assertThat(Eventually.result("the result", result)).isEmpty();
      }
    }
  }

  @Test
  void eventsBeforeTheSubscriptionReplyFollowTheConnectedCallback() throws Exception {
    client = new EslClient(builder().build()).start();
    try (ScriptedPeer peer = ScriptedPeer.accept(server).greet("core-1")) {
      peer.expect("event plain BACKGROUND_JOB HEARTBEAT").events(0, 2).reply("+OK").events(2, 3);
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("HEARTBEAT 0");
      assertThat(next()).isEqualTo("HEARTBEAT 1");
      assertThat(next()).isEqualTo("HEARTBEAT 2");
    }
  }

  @Test
  void aConnectionLostWhileSubscribingIsNotReportedToTheListener() throws Exception {
    client = new EslClient(builder().build()).start();
    try (ScriptedPeer peer = ScriptedPeer.accept(server).greet("core-1")) {
      peer.expect("event plain BACKGROUND_JOB HEARTBEAT");
    }
    try (ScriptedPeer again = ScriptedPeer.accept(server).logIn("core-1")) {
      assertThat(client.awaitConnected(LONG)).isTrue();
      again.events(0, 1);
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("HEARTBEAT 0");
    }
  }

  @Test
  void resultsOfForeignJobsReachTheListener() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      peer.event("Event-Name: BACKGROUND_JOB\nJob-UUID: not-ours\nN: 7\n");
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("BACKGROUND_JOB 7");
    }
  }

  @Test
  void laterSubscriptionsAreRestoredAfterAReconnect() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<Boolean> subscribed =
          CompletableFuture.supplyAsync(
              () -> client.subscribe(List.of("DTMF"), List.of("conference::maintenance")).ok());
      peer.expect("event plain DTMF CUSTOM conference::maintenance").reply("+OK");
      assertThat(Eventually.result("the result", subscribed)).isTrue();
    }
    try (ScriptedPeer again = ScriptedPeer.accept(server).greet("core-1")) {
      again.expect("event plain BACKGROUND_JOB HEARTBEAT DTMF CUSTOM conference::maintenance");
    }
  }

  @Test
  void aFilterNeverHidesTheResultsOfOurJobs() throws Exception {
    client = new EslClient(builder().filter("Unique-ID", "call-1").build()).start();
    try (ScriptedPeer peer = ScriptedPeer.accept(server).greet("core-1")) {
      peer.expect("filter Unique-ID call-1").reply("+OK filter added.");
      peer.expect("filter Event-Name BACKGROUND_JOB").reply("+OK filter added.");
      peer.expect("event plain BACKGROUND_JOB HEARTBEAT");
    }
  }

  @Test
  void theEventFilterSelectsEventsButNeverHidesOurJobs() throws Exception {
    try (ScriptedPeer peer = connect(builder().eventFilter(event -> event.is("N", "2")))) {
      CompletableFuture<String> result = client.bgapiAsync("status", "", LONG);
      String command = peer.command();
      String job = command.substring(command.indexOf("Job-UUID: ") + "Job-UUID: ".length());
      peer.reply("+OK").events(0, 5).event("Event-Name: BACKGROUND_JOB\nJob-UUID: " + job + "\n");
      assertThat(Eventually.result("the result", result)).isEmpty();
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("HEARTBEAT 2");
      peer.events(2, 3);
      assertThat(next()).as("the next event").isEqualTo("HEARTBEAT 2");
    }
  }

  @Test
  void reconnectNowSkipsThePauseBeforeTheNextAttempt() throws Exception {
    Duration hour = Duration.ofHours(1);
    try (ScriptedPeer peer = connect(builder().reconnectPauses(hour, hour))) {
      assertThat(next()).isEqualTo("connected");
    }
    assertThat(next()).isEqualTo("EslClosedException");
    client.reconnectNow();
    try (ScriptedPeer again = ScriptedPeer.accept(server)) {
      again.logIn("core-1");
      assertThat(next()).isEqualTo("connected");
    }
  }

  @Test
  void aTimedOutCommandIsCountedOnceAndItsLateAnswerDisplacesNoOther() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      metrics.recorded().clear();
      CompletableFuture<String> late = client.apiAsync("late", "", Duration.ofMillis(50));
      peer.expect("api late");
      assertThatThrownBy(() -> Eventually.result("the result", late))
          .hasCauseInstanceOf(EslTimeoutException.class);
      CompletableFuture<String> next = client.apiAsync("next", "", LONG);
      peer.expect("api next").api("1").api("2");
      assertThat(Eventually.result("the result", next)).isEqualTo("2");
      CompletableFuture<String> last = client.apiAsync("last", "", LONG);
      peer.expect("api last").api("3");
      assertThat(Eventually.result("the result", last)).isEqualTo("3");
      assertThat(metrics.recorded())
          .filteredOn(it -> it.endsWith(" Api"))
          .startsWith("unanswered Api", "answered Api");
    }
  }

  @Test
  void anApiCommandOnItsOwnConnectionDoesNotDelayEvents() throws Exception {
    client = new EslClient(builder().apiConnection().build()).start();
    try (ScriptedPeer one = ScriptedPeer.accept(server).greet("core-1");
        ScriptedPeer other = ScriptedPeer.accept(server).greet("core-1")) {
      // Of the two connections, only the one for events subscribes.
      ScriptedPeer forEvents = ScriptedPeer.firstToReceive(one, other);
      ScriptedPeer forApi = forEvents == one ? other : one;
      forEvents.expect("event plain BACKGROUND_JOB HEARTBEAT").reply("+OK");
      assertThat(client.awaitConnected(LONG)).isTrue();
      CompletableFuture<String> slow = client.apiAsync("originate", "x", LONG);
      forApi.expect("api originate x");
      forEvents.events(1, 2);
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("HEARTBEAT 1");
      forApi.api("+OK");
      assertThat(Eventually.result("the result", slow)).isEqualTo("+OK");
    }
  }

  @Test
  void aSlowListenerPausesReadingAndCatchesUp() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    EslClientListener slow =
        new CallRecorder() {
          @Override
          public void event(EslEvent event) {
            Eventually.reached("the test lets the listener continue", go);
            super.event(event);
          }
        };
    try (ScriptedPeer peer = connect(builder().listener(slow).maxReadPause(Duration.ofHours(1)))) {
      peer.events(0, 15_000);
      Eventually.holds(
          "reading is paused", () -> metrics.recorded().contains("paused"), metrics::recorded);
      go.countDown();
      assertThat(next()).isEqualTo("connected");
      for (int i = 0; i < 15_000; i++) {
        assertThat(next()).isEqualTo("HEARTBEAT " + i);
      }
    }
    assertThat(metrics.recorded()).doesNotContain("overflowed");
  }

  @Test
  void aStalledListenerIsNotifiedOfTheGap() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    EslClientListener stalled =
        new CallRecorder() {
          @Override
          public void event(EslEvent event) {
            Eventually.reached("the test lets the listener continue", go);
          }
        };
    try (ScriptedPeer peer =
        connect(builder().listener(stalled).maxReadPause(Duration.ofMillis(50)))) {
      // Send just enough to fill half of the queue, plus the batch that the listener has already
      // taken. Reading then pauses, so most further events would remain unread.
      peer.events(0, 10_300);
      assertThat(peer.isClosed()).isTrue();
      go.countDown();
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("EslOverflowException");
    }
    assertThat(metrics.recorded()).contains("overflowed");
  }

  @Test
  void codeChainedToAnAnswerDoesNotRunOnTheEventLoop() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<Boolean> virtual =
          client.apiAsync("status", "", LONG).thenApply(it -> Thread.currentThread().isVirtual());
      peer.expect("api status").api("up");
      assertThat(Eventually.result("the result", virtual)).isTrue();
    }
  }

  @Test
  void anAsynchronousCommandWithoutAnAnswerTimesOut() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<String> answer = client.apiAsync("status", "", Duration.ofMillis(30));
      assertThatThrownBy(() -> Eventually.result("the result", answer))
          .hasCauseInstanceOf(EslTimeoutException.class);
      CompletableFuture<String> job = client.bgapiAsync("status", "", Duration.ofMillis(30));
      assertThatThrownBy(() -> Eventually.result("the result", job))
          .hasCauseInstanceOf(EslTimeoutException.class);
      peer.expect("api status");
    }
  }

  @Test
  void anAnswerWithoutACommandIsCountedAndDisplacesNoOther() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      peer.reply("+OK unexpected");
      Eventually.holds(
          "stray answer", () -> metrics.recorded().contains("stray answer"), metrics::recorded);
      CompletableFuture<String> answer = client.apiAsync("status", "", LONG);
      peer.expect("api status").api("up");
      assertThat(Eventually.result("the result", answer)).isEqualTo("up");
    }
  }

  @Test
  void logLinesReachTheListener() throws Exception {
    client = new EslClient(builder().log(4).build()).start();
    try (ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1")) {
      peer.expect("log 4").reply("+OK log level WARNING [4]");
      peer.send("Content-Type: log/data\nContent-Length: 3\nUser-Data: \n\nhi\n");
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("log hi");
    }
  }

  @Test
  void aHundredClosedClientsLeaveNoThreadsBehind() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (ScriptedPeer peer = connect(builder())) {
        client.close();
        assertThat(peer.isClosed()).isTrue();
      }
    }
    Eventually.holds(
        "all clients' threads have ended", () -> threads().isEmpty(), ComplaintsIT::threads);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("esl-client"))
        .toList();
  }

  @Test
  void thePasswordIsNeverLogged() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger("dev.callflow.esl");
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.setLevel(Level.TRACE);
    root.setAdditive(false);
    root.addAppender(log);
    try (ScriptedPeer peer = connect(builder())) {
      peer.events(0, 1);
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).startsWith("HEARTBEAT");
    } finally {
      root.detachAppender(log);
      root.setAdditive(true);
      root.setLevel(before);
    }
    List<String> lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines).anyMatch(line -> line.contains("sending Auth[***]"));
    assertThat(lines).noneMatch(line -> line.contains("secret"));
    assertThat(lines).allMatch(line -> line.startsWith("[esl "));
  }

  @Test
  void aRefusedPasswordIsReportedOnceWithTheTimeUntilTheNextAttempt() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Reconnector.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setAdditive(false);
    logger.addAppender(log);
    try {
      client = new EslClient(builder().build()).start();
      for (int attempt = 0; attempt < 3; attempt++) {
        try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
          peer.send("Content-Type: auth/request\n\n");
          peer.expect("auth secret").reply("-ERR invalid");
          assertThat(peer.isClosed()).isTrue();
        }
      }
      // Wait for the fourth attempt: by then, the third refusal has been reported.
      ScriptedPeer.accept(server).close();
    } finally {
      logger.detachAppender(log);
      logger.setAdditive(true);
    }
    assertThat(log.list)
        .filteredOn(line -> line.getLevel().equals(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("password"))
        .singleElement()
        .asString()
        .matches("\\[.+] FreeSWITCH refused the password; retrying in \\d\\.\\d s");
  }
}
