package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Position;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslRuntime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FreeSWITCH: takes its calls and controls its rooms.
 *
 * <p>Make it, build conferences over its {@link #mixer}, build an engine with their modules, then
 * {@link #start} with the engine. Safe for use by any thread.
 */
public final class FreeSwitch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitch.class);

  /** A refused call whose connection does not end with it is a forged one. */
  private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(2);

  private final FreeSwitchOptions options;
  private final TimeSource time;
  private final EslRuntime runtime;
  private final SwitchText text;
  private final SoundFiles sounds;
  private final FreeSwitchMixer mixer;
  private final Optional<Positions> positions;
  private @Nullable EslServer server;

  /**
   * Makes the adapter, over real sockets; nothing is connected yet.
   *
   * @param options where everything is
   * @param time how calls wait
   */
  public FreeSwitch(FreeSwitchOptions options, TimeSource time) {
    this(options, time, EslRuntime.system());
  }

  /**
   * Makes the adapter; nothing is connected yet.
   *
   * @param options where everything is
   * @param time how calls wait
   * @param runtime how the event socket waits, and its network
   */
  public FreeSwitch(FreeSwitchOptions options, TimeSource time, EslRuntime runtime) {
    this(options, time, runtime, SwitchText.GUARDED);
  }

  FreeSwitch(FreeSwitchOptions options, TimeSource time, EslRuntime runtime, SwitchText text) {
    this.options = options;
    this.time = time;
    this.runtime = runtime;
    this.text = text;
    this.sounds = new SoundFiles(options);
    this.positions = options.positionKey().map(key -> new Positions(key, time::now));
    this.mixer = new FreeSwitchMixer(options, sounds, text, time, runtime, positions);
  }

  /**
   * Returns the mixer, to build conferences over.
   *
   * @return FreeSWITCH's mixer; not available before {@link #start}
   */
  public Mixer mixer() {
    return mixer;
  }

  /**
   * Begins to listen for calls and to connect for control; returns at once.
   *
   * @param engine takes the calls
   * @return this
   * @throws dev.callflow.esl.error.EslConnectException if the address for calls cannot be listened
   *     on
   */
  public FreeSwitch start(CallflowEngine engine) {
    EslServer open =
        new EslServer(
                EslServerOptions.builder(options.calls())
                    .runtime(runtime)
                    .allowFrom(options.access().allowFrom())
                    .events(List.of("CHANNEL_EXECUTE_COMPLETE"), List.of(RoomEvents.SUBCLASS))
                    .replaces(this::hasPosition)
                    .build(),
                call -> take(engine, call))
            .start();
    server = open;
    // The host as FreeSWITCH knows it, with the port that we really have.
    mixer.start(new InetSocketAddress(options.calls().getHostString(), open.address().getPort()));
    return this;
  }

  /** Whether a call proves, without using the proof, that it is one of ours and comes back. */
  private boolean hasPosition(EslEvent data) {
    String uuid = data.uuid().orElse("");
    return options.access().isGenuine(uuid, data.variable(CallAccess.TOKEN))
        && positions
            .flatMap(
                signed ->
                    data.variable(Positions.VARIABLE)
                        .flatMap(it -> signed.read(uuid, coreUuid(data), it)))
            .isPresent();
  }

  private Optional<Position> position(EslCall call) {
    EslEvent data = call.channelData();
    return positions.flatMap(signed ->
        data.variable(Positions.VARIABLE)
            .flatMap(it -> signed.use(call.uuid(), coreUuid(data), it)));
  }

  private static String coreUuid(EslEvent data) {
    return data.header("Core-UUID").orElse("");
  }

  private EslCallListener take(CallflowEngine engine, EslCall call) {
    if (!options.access().isGenuine(call.uuid(), call.channelData().variable(CallAccess.TOKEN))) {
      return turnAway(call);
    }
    Optional<Position> position = position(call);
    if (position.isEmpty() && mixer.isAdopted(call.uuid())) {
      LOG.warn(
          "[{}] is refused: it claims {}, who is in a room", call.connection(), call.uuid());
      call.close();
      return new TurnedAway();
    }
    FreeSwitchLeg leg = new FreeSwitchLeg(call, sounds, text, time, mixer, positions);
    mixer.arrived(leg);
    Optional<String> bridge = call.channelData().variable(DialStrings.BRIDGE);
    if (bridge.isPresent()) {
      if (!mixer.trunk().arrived(bridge.get(), leg)) {
        leg.hangup(HangupCause.CALL_REJECTED);
      }
    } else if (call.channelData().variable(DialStrings.DIALLED).isEmpty() || isInside(call)) {
      position.ifPresentOrElse(
          from -> engine.resume(leg, incoming(call.channelData(), from.number()), from),
          () -> engine.take(leg, incoming(call.channelData())));
    } else if (!mixer.dialler().answered(leg)) {
      // The room that has dialled it does not wait for it any more.
      leg.hangup(HangupCause.ORIGINATOR_CANCEL);
    }
    return leg;
  }

  /** Nothing about the call is believed, so nothing but its connection and its uuid is used. */
  private EslCallListener turnAway(EslCall call) {
    LOG.warn(
        "[{}] call {} is refused: {} is missing or wrong",
        call.connection(),
        call.uuid(),
        CallAccess.TOKEN);
    call.hangup(HangupCause.CALL_REJECTED.name());
    time.after(CLOSING_TIMEOUT, "turned-away-" + call.uuid(), call::close);
    return new TurnedAway();
  }

  /** Listens to a call that is being hung up. */
  private record TurnedAway() implements EslCallListener {
    @Override
    public void event(EslEvent event) {}

    @Override
    public void ended(EslCallEnd end) {}
  }

  /** The far half of a loopback has its variables, but is a caller like others. */
  private static boolean isInside(EslCall call) {
    return call.channelData().variable("loopback_leg").filter("B"::equals).isPresent();
  }

  private static IncomingCall incoming(EslEvent data) {
    return incoming(data, data.header("Caller-Destination-Number").orElse(""));
  }

  /** A call that comes back may have another destination, but its callflow is the same. */
  static IncomingCall incoming(EslEvent data, String number) {
    Optional<String> realm =
        data.variable("sip_req_host")
            .or(() -> data.variable("sip_to_host"))
            .or(() -> data.variable("domain_name"));
    return new IncomingCall(
        number,
        data.header("Caller-Caller-ID-Number").filter(it -> !it.equals("_undef_")).orElse(""),
        data.header("Caller-Caller-ID-Name").filter(it -> !it.equals("_undef_")).orElse(""),
        realm,
        CallAccess.withoutProof(data.variables()));
  }

  /**
   * Waits until rooms can be controlled.
   *
   * @param longest how long
   * @return whether they can
   */
  public boolean awaitConnected(Duration longest) {
    return mixer.awaitConnected(longest);
  }

  /**
   * Returns where calls are taken.
   *
   * @return the address, with the true port
   */
  public InetSocketAddress calls() {
    EslServer open = server;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open.address();
  }

  /**
   * Takes no more calls, waits for those there are, and disconnects.
   *
   * @param grace how long to wait for them
   * @return whether all calls had ended by themselves
   */
  public boolean close(Duration grace) {
    EslServer open = server;
    boolean ended = open == null || open.close(grace);
    mixer.close();
    return ended;
  }

  /** Takes no more calls and disconnects. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
