package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Position;
import dev.callflow.core.file.SentFile;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.freeswitch.restart.Positions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects Callflow to one FreeSWITCH: accepts its calls and controls its conferences.
 *
 * <p>Create an instance, build the conferences with its {@link #mixer}, build an engine with their
 * modules, and then call {@link #start} with that engine. Safe for use by any thread.
 */
public final class FreeSwitch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitch.class);

  /** The time after which the connection of a rejected call is closed, if it is still open. */
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
   * Creates an instance that uses real sockets; it does not connect until {@link #start} is called.
   *
   * @param options the addresses and settings
   * @param time the time source for calls
   */
  public FreeSwitch(FreeSwitchOptions options, TimeSource time) {
    this(options, time, EslRuntime.system());
  }

  /**
   * Creates an instance; it does not connect until {@link #start} is called.
   *
   * @param options the addresses and settings
   * @param time the time source for calls
   * @param runtime the clock, threads, waits and network of the event socket
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
   * Returns the mixer to build conferences with.
   *
   * @return the mixer, which cannot be used before {@link #start} is called
   */
  public Mixer mixer() {
    return mixer;
  }

  /**
   * Starts accepting calls and connecting to FreeSWITCH's event socket; returns without waiting for
   * that connection.
   *
   * @param engine the engine that runs the calls
   * @return this instance
   * @throws dev.callflow.esl.error.EslConnectException if the address for calls cannot be bound
   */
  public FreeSwitch start(CallflowEngine engine) {
    EslServer open =
        new EslServer(
                EslServerOptions.builder(options.calls())
                    .runtime(runtime)
                    .allowFrom(options.access().allowFrom())
                    .events(List.of("CHANNEL_EXECUTE_COMPLETE"), List.of(RoomEvents.SUBCLASS))
                    .replaces(this::hasPosition)
                    .metrics(options.metrics())
                    .build(),
                call -> accept(engine, call))
            .start();
    server = open;
    // Combine the configured host name, which FreeSWITCH can reach, with the actual port.
    mixer.start(new InetSocketAddress(options.calls().getHostString(), open.address().getPort()));
    return this;
  }

  /** Returns whether a call presents a valid position; does not use the position up. */
  private boolean hasPosition(EslEvent data) {
    String uuid = data.uuid().orElse("");
    return options.access().isGenuine(uuid, data.variable(CallAccess.TOKEN))
        && positions
            .flatMap(signed ->
                data.variable(Positions.VARIABLE)
                    .flatMap(it -> signed.read(uuid, coreUuid(data), it)))
            .isPresent();
  }

  private Optional<Positions.Used> position(EslCall call) {
    EslEvent data = call.channelData();
    return positions.flatMap(signed ->
        data.variable(Positions.VARIABLE)
            .flatMap(it -> signed.use(call.uuid(), coreUuid(data), it)));
  }

  private static String coreUuid(EslEvent data) {
    return data.header("Core-UUID").orElse("");
  }

  /** Accepts or rejects a call, on the event loop; an accepted call has a thread of its own. */
  private EslCallListener accept(CallflowEngine engine, EslCall call) {
    if (!options.access().isGenuine(call.uuid(), call.channelData().variable(CallAccess.TOKEN))) {
      return reject(call);
    }
    Optional<Positions.Used> used = position(call);
    if (used.isEmpty() && mixer.isAdopted(call.uuid())) {
      LOG.warn(
          "[{}] refusing the connection: call {} is in a room, and there is no valid position",
          call.connection(),
          call.uuid());
      call.close();
      return EslCallListener.NONE;
    }
    FreeSwitchLeg leg = new FreeSwitchLeg(call, sounds, text, time, mixer, positions);
    used.ifPresent(it -> leg.cameBackWith(it.serial()));
    mixer.arrived(leg);
    time.start(
        "call-" + leg.id(),
        () -> serve(engine, leg, call.channelData(), used.map(Positions.Used::position)));
    return leg;
  }

  private void serve(
      CallflowEngine engine, FreeSwitchLeg leg, EslEvent data, Optional<Position> position) {
    try {
      mixer.awaitControl(leg);
      Optional<String> bridge = data.variable(DialStrings.BRIDGE);
      if (bridge.isPresent()) {
        if (!mixer.trunk().arrived(bridge.get(), leg)) {
          leg.hangup(HangupCause.CALL_REJECTED);
        }
      } else if (data.variable(DialStrings.DIALLED).isEmpty() || isLoopbackLegB(data)) {
        IncomingCall incoming =
            position.map(from -> incoming(data, from.number())).orElseGet(() -> arriving(data));
        engine.run(leg, incoming, position);
      } else if (!mixer.dialler().answered(leg)) {
        // The room that dialled the leg is no longer waiting for it.
        leg.hangup(HangupCause.ORIGINATOR_CANCEL);
      }
    } catch (RuntimeException e) {
      // Without this, a bug would leave the caller in silence.
      LOG.error("call {} failed before it could be handled; hanging up", leg.id(), e);
      leg.hangup(HangupCause.NORMAL_TEMPORARY_FAILURE);
    }
  }

  /** Rejects a call. Uses only its connection and its uuid, since its other data may be forged. */
  private EslCallListener reject(EslCall call) {
    LOG.warn(
        "[{}] rejecting call {}: {} is missing or wrong",
        call.connection(),
        call.uuid(),
        CallAccess.TOKEN);
    call.hangup(HangupCause.CALL_REJECTED.name());
    time.after(CLOSING_TIMEOUT, "rejected-" + call.uuid(), call::close);
    return EslCallListener.NONE;
  }

  /**
   * Returns whether a call is leg B of a loopback channel. Such a call has leg A's variables, but
   * must be treated as a caller.
   */
  private static boolean isLoopbackLegB(EslEvent data) {
    return data.variable("loopback_leg").filter("B"::equals).isPresent();
  }

  /**
   * Reads a call. If a room of ours has dialled it over SIP, it gets the variables that a dialled
   * number has, so that the room does not admit its own call.
   */
  private IncomingCall arriving(EslEvent data) {
    IncomingCall call = incoming(data, data.header("Caller-Destination-Number").orElse(""));
    Optional<RoomId> room = mixer.dialler().dialledBy(data);
    if (room.isEmpty()) {
      return call;
    }
    Map<String, String> variables = new HashMap<>(call.variables());
    variables.put("callflow_authorizing_type", "conference");
    variables.put("callflow_authorizing_id", room.get().conference());
    return new IncomingCall(
        call.number(), call.callerNumber(), call.callerName(), call.realm(), variables);
  }

  /** A call that comes back keeps its number, though its destination may have changed. */
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
        CallAccess.withoutProof(data));
  }

  /**
   * Waits until the control connection is up.
   *
   * @param timeout the maximum time to wait
   * @return whether the connection is up
   */
  public boolean awaitConnected(Duration timeout) {
    return mixer.awaitConnected(timeout);
  }

  /**
   * Returns whether the control connection is up; without it, rooms cannot be controlled.
   *
   * @return whether it is up
   */
  public boolean isConnected() {
    return mixer.available();
  }

  /**
   * Returns since when {@link #isConnected} has had its value.
   *
   * @return the time at which the control connection was opened or lost, or at which this instance
   *     was created if it has never been up
   */
  public Instant connectedSince() {
    return mixer.since();
  }

  /**
   * Returns why the last attempt to connect to the event socket failed. Does not block.
   *
   * @return the reason; {@link dev.callflow.esl.error.EslAuthenticationException} if FreeSWITCH
   *     answered and refused; empty if no attempt has ended yet, or the last one succeeded
   */
  public Optional<EslException> connectFailure() {
    return mixer.connectFailure();
  }

  /**
   * Returns the address at which calls are accepted.
   *
   * @return the address, with the actual port
   * @throws IllegalStateException if the instance has not been started
   */
  public InetSocketAddress calls() {
    EslServer open = server;
    if (open == null) {
      throw new IllegalStateException("FreeSwitch has not been started");
    }
    return open.address();
  }

  /**
   * Returns how many legs this process controls: those of calls, of dialled participants, and of
   * participants who were in a room before this process started.
   *
   * @return the number of legs
   */
  public int controlledLegs() {
    return mixer.controlled();
  }

  /**
   * Returns how many of the controlled legs are not in a room.
   *
   * @return the number of legs
   */
  public int legsOutsideOfRooms() {
    return mixer.outsideOfRooms();
  }

  /**
   * Lets FreeSWITCH send a recording by an HTTP {@code PUT}; needs {@code mod_http_cache} there.
   * Blocks until it is sent, for at most a minute.
   *
   * @param path the path of the recording
   * @param url the URL of the host
   * @return whether it was sent
   */
  public SentFile sendRecording(String path, String url) {
    return mixer.send(path, url);
  }

  /**
   * Deletes a recording, if it is in the folder for recordings; blocks until it is gone.
   *
   * @param path the path of the recording
   */
  public void discardRecording(String path) {
    mixer.discardFile(path);
  }

  /**
   * Stops listening for calls; live calls continue, and rooms are still controlled. Returns at
   * once.
   */
  public void stopListening() {
    EslServer open = server;
    if (open != null) {
      open.stopListening();
    }
  }

  /**
   * Hangs up all controlled legs; returns at once.
   *
   * @param cause the cause that the callers receive
   */
  public void hangUpAll(HangupCause cause) {
    mixer.hangUpAll(cause);
  }

  /**
   * Stops listening for calls, waits for live calls to end, and disconnects. Calls that have not
   * ended then continue in FreeSWITCH: participants stay in their rooms, and other callers continue
   * in the dialplan.
   *
   * @param grace the maximum time to wait
   * @return true if all calls ended on their own within that time
   */
  public boolean close(Duration grace) {
    EslServer open = server;
    boolean ended = open == null || open.awaitCalls(grace);
    // Calls that lose their connection below must not command rooms that outlive this process.
    mixer.close();
    if (open != null) {
      open.close();
    }
    return ended;
  }

  /** Does the same as {@link #close(Duration)} without waiting. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
