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
import java.net.InetSocketAddress;
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

/** What users of other inbound clients complain of does not happen here. */
@Isolated("it counts threads and reads the log")
class ComplaintsIT {

  private static final Duration LONG = Eventually.LIMIT;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Counted counted = new Counted();
  private ServerSocket server;
  private EslClient client;

  private class Teller implements EslClientListener {
    @Override
    public void connected(EslPeer peer) {
      told.add("connected");
    }

    @Override
    public void lost(EslException why) {
      told.add(why.getClass().getSimpleName());
    }

    @Override
    public void event(EslEvent event) {
      told.add(event.name() + " " + event.header("N").orElse(""));
    }

    @Override
    public void log(LogData line) {
      told.add("log " + line.text().strip());
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
    return EslClientOptions.builder((InetSocketAddress) server.getLocalSocketAddress())
        .password("secret")
        .events(List.of("HEARTBEAT"), List.of())
        .connectTimeout(LONG)
        .commandTimeout(LONG)
        .metrics(counted)
        .listener(new Teller());
  }

  private ScriptedPeer connect(EslClientOptions.Builder builder) throws IOException {
    client = new EslClient(builder.build()).start();
    ScriptedPeer peer = ScriptedPeer.accept(server).logIn("core-1");
    assertThat(client.awaitConnected(LONG)).isTrue();
    return peer;
  }

  private String next() throws InterruptedException {
    return Eventually.next("the next one", told);
  }

  @Test
  void aListenerMayAskAndWaitWithoutADeadlock() throws Exception {
    EslClientListener asking =
        new EslClientListener() {
          @Override
          public void event(EslEvent event) {
            told.add(client.api("status", "", LONG));
          }
        };
    try (ScriptedPeer peer = connect(builder().listener(asking))) {
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
  void accentsAndIdeographsArriveWhateverTheBoundaries() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<String> answer = client.apiAsync("echo", "Zoë 周", LONG);
      peer.expect("api echo Zoë 周");
      byte[] body = "Zoë 周 ".repeat(3).getBytes(StandardCharsets.UTF_8);
      peer.send("Content-Type: api/response\nContent-Length: " + body.length + "\n\n");
      for (byte one : body) {
        peer.send(new byte[] {one});
      }
      assertThat(Eventually.result("a result", answer)).isEqualTo("Zoë 周 Zoë 周 Zoë 周 ");
    }
  }

  @Test
  void resultsOfJobsAreNotMissedWhenAThousandRunAtOnce() throws Exception {
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
        assertThat(Eventually.result("a result", result)).isEmpty();
      }
    }
  }

  @Test
  void whatComesBeforeTheSubscriptionIsAnsweredIsToldAfterTheConnection() throws Exception {
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
  void aConnectionThatIsLostWhileSubscribingIsNeitherToldNorLost() throws Exception {
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
  void jobsOfOthersReachTheListener() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      peer.event("Event-Name: BACKGROUND_JOB\nJob-UUID: not-ours\nN: 7\n");
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("BACKGROUND_JOB 7");
    }
  }

  @Test
  void whatWasSubscribedToLaterIsSubscribedToAfterAReconnect() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<Boolean> asked =
          CompletableFuture.supplyAsync(
              () -> client.subscribe(List.of("DTMF"), List.of("conference::maintenance")).ok());
      peer.expect("event plain DTMF CUSTOM conference::maintenance").reply("+OK");
      assertThat(Eventually.result("a result", asked)).isTrue();
    }
    try (ScriptedPeer again = ScriptedPeer.accept(server).greet("core-1")) {
      again.expect("event plain BACKGROUND_JOB HEARTBEAT DTMF CUSTOM conference::maintenance");
    }
  }

  @Test
  void filtersComeBackTooAndNeverHideOurJobs() throws Exception {
    client = new EslClient(builder().filter("Unique-ID", "call-1").build()).start();
    try (ScriptedPeer peer = ScriptedPeer.accept(server).greet("core-1")) {
      peer.expect("filter Unique-ID call-1").reply("+OK filter added.");
      peer.expect("filter Event-Name BACKGROUND_JOB").reply("+OK filter added.");
      peer.expect("event plain BACKGROUND_JOB HEARTBEAT");
    }
  }

  @Test
  void onlyWantedEventsAreCopiedAndJobsAreAlwaysWanted() throws Exception {
    try (ScriptedPeer peer = connect(builder().eventFilter(event -> event.is("N", "2")))) {
      CompletableFuture<String> result = client.bgapiAsync("status", "", LONG);
      String command = peer.command();
      String job = command.substring(command.indexOf("Job-UUID: ") + "Job-UUID: ".length());
      peer.reply("+OK").events(0, 5).event("Event-Name: BACKGROUND_JOB\nJob-UUID: " + job + "\n");
      assertThat(Eventually.result("a result", result)).isEmpty();
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("HEARTBEAT 2");
      peer.events(2, 3);
      assertThat(next()).as("nothing came between").isEqualTo("HEARTBEAT 2");
    }
  }

  @Test
  void whoKnowsThatTheServerIsBackNeedNotWaitForTheNextTry() throws Exception {
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
  void aCommandWhoseTimeIsUpIsCountedOnceAndItsLateAnswerShiftsNothing() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      counted.told().clear();
      CompletableFuture<String> late = client.apiAsync("late", "", Duration.ofMillis(50));
      peer.expect("api late");
      assertThatThrownBy(() -> Eventually.result("a result", late))
          .hasCauseInstanceOf(EslTimeoutException.class);
      CompletableFuture<String> next = client.apiAsync("next", "", LONG);
      peer.expect("api next").api("1").api("2");
      assertThat(Eventually.result("a result", next)).isEqualTo("2");
      CompletableFuture<String> last = client.apiAsync("last", "", LONG);
      peer.expect("api last").api("3");
      assertThat(Eventually.result("a result", last)).isEqualTo("3");
      assertThat(counted.told())
          .filteredOn(it -> it.endsWith(" Api"))
          .startsWith("unanswered Api", "answered Api");
    }
  }

  @Test
  void anApiOnAConnectionOfItsOwnHoldsUpNoEvents() throws Exception {
    client = new EslClient(builder().apiConnection().build()).start();
    try (ScriptedPeer one = ScriptedPeer.accept(server).greet("core-1");
        ScriptedPeer other = ScriptedPeer.accept(server).greet("core-1")) {
      // Only one of the two subscribes.
      ScriptedPeer forEvents = ScriptedPeer.whoHears(one, other);
      ScriptedPeer forApi = forEvents == one ? other : one;
      forEvents.expect("event plain BACKGROUND_JOB HEARTBEAT").reply("+OK");
      assertThat(client.awaitConnected(LONG)).isTrue();
      CompletableFuture<String> slow = client.apiAsync("originate", "x", LONG);
      forApi.expect("api originate x");
      forEvents.events(1, 2);
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("HEARTBEAT 1");
      forApi.api("+OK");
      assertThat(Eventually.result("a result", slow)).isEqualTo("+OK");
    }
  }

  @Test
  void aSlowListenerPausesReadingAndCatchesUp() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    EslClientListener slow =
        new Teller() {
          @Override
          public void event(EslEvent event) {
            Eventually.reached("the latch is open", go);
            super.event(event);
          }
        };
    try (ScriptedPeer peer = connect(builder().listener(slow).maxReadPause(Duration.ofHours(1)))) {
      peer.events(0, 15_000);
      Eventually.holds("paused", () -> counted.told().contains("paused"), counted::told);
      go.countDown();
      assertThat(next()).isEqualTo("connected");
      for (int i = 0; i < 15_000; i++) {
        assertThat(next()).isEqualTo("HEARTBEAT " + i);
      }
    }
    assertThat(counted.told()).doesNotContain("overflowed");
  }

  @Test
  void aListenerThatStandsStillIsToldOfTheGap() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    EslClientListener standing =
        new Teller() {
          @Override
          public void event(EslEvent event) {
            Eventually.reached("the latch is open", go);
          }
        };
    try (ScriptedPeer peer =
        connect(builder().listener(standing).maxReadPause(Duration.ofMillis(50)))) {
      // Half of what may wait, and what the listener has taken; hardly more, or it would stay
      // unread.
      peer.events(0, 10_300);
      assertThat(peer.isClosed()).isTrue();
      go.countDown();
      assertThat(next()).isEqualTo("connected");
      assertThat(next()).isEqualTo("EslOverflowException");
    }
    assertThat(counted.told()).contains("overflowed");
  }

  @Test
  void whatHangsOnAnAnswerDoesNotRunOnTheEventLoop() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<Boolean> virtual =
          client.apiAsync("status", "", LONG).thenApply(it -> Thread.currentThread().isVirtual());
      peer.expect("api status").api("up");
      assertThat(Eventually.result("a result", virtual)).isTrue();
    }
  }

  @Test
  void anAnswerThatNeverComesIsATypedErrorAlsoWithoutWaiting() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      CompletableFuture<String> answer = client.apiAsync("status", "", Duration.ofMillis(30));
      assertThatThrownBy(() -> Eventually.result("a result", answer))
          .hasCauseInstanceOf(EslTimeoutException.class);
      CompletableFuture<String> job = client.bgapiAsync("status", "", Duration.ofMillis(30));
      assertThatThrownBy(() -> Eventually.result("a result", job))
          .hasCauseInstanceOf(EslTimeoutException.class);
      peer.expect("api status");
    }
  }

  @Test
  void anAnswerToNothingIsCountedAndShiftsNothing() throws Exception {
    try (ScriptedPeer peer = connect(builder())) {
      peer.reply("+OK who asked?");
      Eventually.holds(
          "stray answer", () -> counted.told().contains("stray answer"), counted::told);
      CompletableFuture<String> answer = client.apiAsync("status", "", LONG);
      peer.expect("api status").api("up");
      assertThat(Eventually.result("a result", answer)).isEqualTo("up");
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
  void aHundredClientsLeaveNoThreadBehind() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (ScriptedPeer peer = connect(builder())) {
        client.close();
        assertThat(peer.isClosed()).isTrue();
      }
    }
    Eventually.holds("no thread of a client", () -> threads().isEmpty(), ComplaintsIT::threads);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("esl-client"))
        .toList();
  }

  @Test
  void thePasswordIsInNoLog() throws Exception {
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
    assertThat(lines).anyMatch(line -> line.contains("sends Auth[***]"));
    assertThat(lines).noneMatch(line -> line.contains("secret"));
    assertThat(lines).allMatch(line -> line.startsWith("[esl "));
  }
}
