package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a leg, with a connection that records all requests. The uuids of applications are
 * {@code app-1}, {@code app-2} and so on.
 */
final class LegFixture implements LegApplications.Connection {

  static final CallId LEG = new CallId("leg-1");

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  final LegEvents events = new LegEvents(LEG, TimeSource.system().inbox(100));
  final LegApplications applications = new LegApplications(LEG, this, SwitchText.GUARDED);
  final SoundFiles sounds = new SoundFiles(FreeSwitchOptions.of(ANY, ANY, "secret"));
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> requests = new ArrayList<>();
  private int number;

  @Override
  public String execute(String application, String argument) {
    requests.add((application + " " + argument).strip());
    return "app-" + ++number;
  }

  @Override
  public void post(EslCommand command) {
    requests.add(
        command instanceof EslCommand.Api(String name, String arguments)
            ? "api " + name + " " + arguments
            : command.toString());
  }

  /**
   * Returns the requests other than {@code set} since the last call to this method or to {@link
   * #settings}.
   */
  List<String> requests() {
    List<String> all = requests.stream().filter(it -> !it.startsWith("set ")).toList();
    requests.clear();
    return all;
  }

  /**
   * Returns the {@code set} requests since the last call to this method or to {@link #requests}.
   */
  List<String> settings() {
    List<String> all = requests.stream().filter(it -> it.startsWith("set ")).toList();
    requests.clear();
    return all;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  /** Returns the events published since the last call to this method. */
  List<LegEvent> published() {
    List<LegEvent> all = new ArrayList<>();
    try {
      for (LegEvent next = events.inbox().poll(Duration.ZERO);
          next != null;
          next = events.inbox().poll(Duration.ZERO)) {
        all.add(next);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  static EslEvent event(String... headers) {
    String text = String.join("\n", headers) + "\n\n";
    return EslEvent.of(EslEvent.Format.PLAIN, text.getBytes(StandardCharsets.UTF_8));
  }
}
