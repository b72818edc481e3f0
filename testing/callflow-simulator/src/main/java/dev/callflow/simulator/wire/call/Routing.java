package dev.callflow.simulator.wire.call;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.text.Words;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Routes calls through the dialplan and runs the applications of their extension in order. */
public final class Routing {

  private static final int MAX_APPLICATIONS = 128;

  /** FreeSWITCH's max_forwards. */
  private static final int MAX_TRANSFERS = 70;

  public static final String SOCKET = "socket";

  /** Hands calls to an external application. */
  public interface HandOver {

    /**
     * Connects to the application on a new thread; if the connection fails, the execution ends.
     *
     * @param execution the ID of the {@code socket} execution that hands the call over
     */
    void handOver(String uuid, String execution, InetSocketAddress address, SocketMode mode);
  }

  /**
   * The settings for handing over calls.
   *
   * @param application the address of the application to use if {@code socket} has no address
   * @param handOver hands calls to applications
   */
  public record HandOverSettings(InetSocketAddress application, HandOver handOver) {}

  /** The remaining steps of a call's extension, and the ID of the execution that is running. */
  private record Progress(
      int transfers, Deque<Dialplan.Step> remaining, AtomicReference<String> running) {

    /**
     * Returns whether the next step follows the ended execution; false if the execution was not the
     * current step, or if it ended because of a transfer.
     */
    boolean continuesAfter(Execution ended, ChannelState channel) {
      return running.get().equals(ended.id()) && transfers == channel.transfers();
    }
  }

  private final SimulatedSwitch model;
  private final Dialplan dialplan;
  private final ApplicationRunner applications;
  private final HandOver handOver;
  private final Optional<CallToken> token;
  private final Map<String, Progress> progress = new ConcurrentHashMap<>();
  private volatile InetSocketAddress application;

  /**
   * @param token computes the token that authenticates each call; empty if calls have no token
   */
  public Routing(
      SimulatedSwitch model,
      Dialplan dialplan,
      ApplicationRunner applications,
      HandOverSettings settings,
      Optional<CallToken> token) {
    this.model = model;
    this.dialplan = dialplan;
    this.applications = applications;
    this.application = settings.application();
    this.handOver = settings.handOver();
    this.token = token;
  }

  /** Starts listening for transfers and for the end of executions, in order to continue routing. */
  public void follow() {
    model.listen(SwitchEvent.ExecutionEnded.class, it -> ended(it.channel(), it.execution()));
    model.listen(SwitchEvent.Gone.class, it -> progress.remove(it.channel().uuid()));
    model.listen(SwitchEvent.Transferred.class, it -> transferred(it.channel(), it.number()));
  }

  private void transferred(ChannelState channel, String number) {
    // FreeSWITCH sets call_uuid again, which moves it to the end of the list of variables.
    model.assign(channel.uuid(), Map.of("call_uuid", channel.uuid()));
    if (channel.transfers() > MAX_TRANSFERS) {
      model.hangUp(channel.uuid(), EndedBy.SWITCH, new HangupCause("EXCHANGE_ROUTING_ERROR"));
    } else if (channel.inline()) {
      inline(channel.uuid(), number);
    } else {
      route(channel.uuid(), number);
    }
  }

  public void handCallsTo(InetSocketAddress address) {
    application = address;
  }

  public boolean knows(String number) {
    return !dialplan.of(number).isEmpty();
  }

  /** Routes a call by the dialled number. */
  public void route(String uuid, String number) {
    List<Dialplan.Step> steps = dialplan.of(number);
    token.ifPresent(it -> model.assign(uuid, it.of(uuid)));
    if (steps.isEmpty()) {
      model.hangUp(uuid, EndedBy.SWITCH, new HangupCause("NO_ROUTE_DESTINATION"));
    } else {
      start(uuid, steps, "");
      runNext(uuid);
    }
  }

  /** Runs one application on a call and then hangs up. */
  void execute(String uuid, String name, String data) {
    start(uuid, List.of(new Dialplan.Step(name, data)), "");
    runNext(uuid);
  }

  /** Runs the applications of an inline dialplan on a call: {@code set:a=b,playback:x}. */
  void inline(String uuid, String text) {
    boolean marked = text.startsWith("m:") && text.indexOf(':', 3) == 3;
    List<Dialplan.Step> steps =
        Words.of(marked ? text.substring(4) : text, marked ? text.charAt(2) : ',', MAX_APPLICATIONS)
            .stream()
            .map(each -> each.split(":", 2))
            .map(parts ->
                new Dialplan.Step(parts[0].stripLeading(), parts.length > 1 ? parts[1] : ""))
            .toList();
    start(uuid, steps, "");
    runNext(uuid);
  }

  /** Runs the next step if the application that ended was the extension's current step. */
  private void ended(ChannelState channel, Execution execution) {
    Progress current = progress.get(channel.uuid());
    if (current != null && current.continuesAfter(execution, channel)) {
      runNext(channel.uuid());
    }
  }

  /** Returns the ID of the execution that a call's extension is currently running. */
  public Optional<String> running(String uuid) {
    return Optional.ofNullable(progress.get(uuid)).map(current -> current.running().get());
  }

  private void start(String uuid, List<Dialplan.Step> steps, String running) {
    int transfers = model.channel(uuid).map(ChannelState::transfers).orElse(0);
    progress.put(
        uuid, new Progress(transfers, new ArrayDeque<>(steps), new AtomicReference<>(running)));
  }

  /** Runs the next application of a call's extension, or hangs up after the last one. */
  private void runNext(String uuid) {
    Progress current = progress.get(uuid);
    Optional<ChannelState> channel = model.channel(uuid);
    if (current == null || channel.isEmpty()) {
      return;
    }
    Dialplan.Step step = current.remaining().poll();
    if (step == null) {
      progress.remove(uuid);
      model.hangUp(uuid, EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
      return;
    }
    String id = newId();
    current.running().set(id);
    if (step.application().equals(SOCKET)) {
      handOver(uuid, id, applications.argument(channel.get(), step.data()).argument());
      return;
    }
    applications.run(
        channel.get(),
        new ApplicationRunner.Request(id, step.application(), step.data(), false, 1));
  }

  private void handOver(String uuid, String id, String data) {
    boolean isDefault = !data.matches("[^: ]+:\\d{1,5}( .*)?");
    InetSocketAddress address =
        isDefault
            ? application
            : new InetSocketAddress(
                data.substring(0, data.indexOf(':')),
                Integer.parseInt(data.substring(data.indexOf(':') + 1).split(" ")[0]));
    SocketMode mode = SocketMode.of(isDefault && data.isEmpty() ? "async full" : data);
    String argument =
        isDefault
            ? address.getAddress().getHostAddress() + ":" + address.getPort() + mode.words()
            : data;
    model.execute(
        uuid, new Execution(id, SOCKET, argument, new Application.External(mode.async()), false));
    handOver.handOver(uuid, id, address, mode);
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }
}
