package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.EslException;
import dev.callflow.esl.EslPeer;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.freeswitch.SwitchText.Word;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FreeSWITCH's conferences over the control connection. */
final class FreeSwitchMixer implements Mixer, EslClientListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchMixer.class);

  /** A member may be announced before it can be addressed. */
  private static final int MOST_TRIES = 4;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(30);

  /** A caller hears nothing meanwhile. */
  private static final Duration LONGEST_RETURN = Duration.ofSeconds(2);

  /** A bridge rings for twenty seconds at most. */
  private static final Duration LONGEST_BRIDGE = Duration.ofSeconds(30);

  private final FreeSwitchOptions options;
  private final TimeSource time;
  private final SwitchText text;
  private final RoomNames names = new RoomNames();
  private final RoomEvents events;
  private final RoomCommands commands;
  private final DialStrings dialStrings;
  private final SipNotify sipNotify;
  private final RecordingFiles recordings;
  private final EslClient client;
  private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Map<CallId, FreeSwitchLeg> legs = new ConcurrentHashMap<>();
  private final Map<CallId, Inbox<FreeSwitchLeg>> dialled = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Leg>> expected = new ConcurrentHashMap<>();
  private volatile InetSocketAddress calls;
  private volatile String hostname = "";

  FreeSwitchMixer(
      FreeSwitchOptions options,
      SoundFiles sounds,
      SwitchText text,
      TimeSource time,
      EslRuntime runtime) {
    this.options = options;
    this.text = text;
    this.time = time;
    this.events = new RoomEvents(names, time::now);
    this.commands = new RoomCommands(sounds, events::number, text);
    this.dialStrings = new DialStrings(options, text);
    this.sipNotify = new SipNotify(options, text);
    this.calls = options.calls();
    this.client =
        new EslClient(
            EslClientOptions.builder(options.control())
                .runtime(runtime)
                .password(options.password())
                .commandTimeout(options.controlTimeout())
                .events(List.of("SHUTDOWN"), List.of(RoomEvents.SUBCLASS))
                .listener(this)
                .build());
    this.recordings = new RecordingFiles(client, sounds, text, options.controlTimeout());
  }

  /**
   * Begins to connect.
   *
   * @param address where FreeSWITCH hands over calls, also those that rooms have placed
   */
  void start(InetSocketAddress address) {
    calls = address;
    client.start();
  }

  boolean awaitConnected(Duration longest) {
    return client.awaitConnected(longest);
  }

  @Override
  public void close() {
    client.close();
  }

  /** A call proves that FreeSWITCH is there, and needs the control of its rooms. */
  void arrived(FreeSwitchLeg leg) {
    legs.put(leg.id(), leg);
    if (!client.connected()) {
      client.reconnectNow();
      if (!client.awaitConnected(LONGEST_RETURN)) {
        LOG.warn("{} comes from a FreeSWITCH whose event socket does not answer", leg.id());
      }
    }
  }

  void gone(FreeSwitchLeg leg) {
    // A later leg may have its id by now, if FreeSWITCH has transferred the call back to us.
    legs.remove(leg.id(), leg);
  }

  /** Deletes a recording of a caller's; on a thread of its own. */
  void discard(String name) {
    time.start("discard-" + name, () -> recordings.delete(name));
  }

  @Override
  public boolean available() {
    return client.connected();
  }

  @Override
  public void enter(CallId call, RoomId room, JoinOptions entry) {
    FreeSwitchLeg leg = legs.get(call);
    if (leg == null) {
      LOG.debug("{} has gone before it could enter {}", call, room);
      return;
    }
    leg.enter(room, names.name(room), entry, options.profile());
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    if (command instanceof MixerCommand.Notify(CallId member, var variables)) {
      return notify(member, variables);
    }
    MixerReply reply = new MixerReply.Done();
    for (RoomCommands.Line line : commands.lines(command)) {
      reply = apply(room, line);
      if (!(reply instanceof MixerReply.Done)) {
        return reply;
      }
    }
    return reply;
  }

  private MixerReply apply(RoomId room, RoomCommands.Line line) {
    String arguments = names.name(room) + " " + line.arguments();
    try {
      for (int tries = 1; ; tries++) {
        String answer = client.bgapi("conference", arguments, options.controlTimeout());
        MixerReply reply = commands.reply(line, answer);
        boolean again = answer.startsWith("-ERR Non-Existant") && tries < MOST_TRIES;
        if (!again) {
          return reply;
        }
        time.<Boolean>inbox(1).poll(BETWEEN_TRIES);
      }
    } catch (EslException e) {
      LOG.warn("room {}: nobody knows what became of a command", room, e);
      return new MixerReply.Unknown("no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new MixerReply.Unknown("interrupted");
    }
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    try {
      String answer =
          client.bgapi("conference", names.name(room) + " json_list", options.controlTimeout());
      SnapshotReply reply = RoomListing.read(room, answer, time.now());
      if (reply instanceof SnapshotReply.Shown(MixerSnapshot shown)) {
        events.listed(shown);
      }
      return reply;
    } catch (EslException e) {
      LOG.warn("room {} cannot be listed", room, e);
      return new SnapshotReply.NoAnswer("the switch does not answer");
    }
  }

  @Override
  public RoomsReply rooms() {
    try {
      String answer = client.bgapi("conference", "json_list", options.controlTimeout());
      return RoomListing.rooms(answer, names)
          .<RoomsReply>map(RoomsReply.Listed::new)
          .orElseGet(() -> new RoomsReply.NoAnswer("the listing is no list of rooms"));
    } catch (EslException e) {
      LOG.warn("rooms cannot be listed", e);
      return new RoomsReply.NoAnswer("the switch does not answer");
    }
  }

  private MixerReply notify(CallId member, Map<String, String> variables) {
    FreeSwitchLeg leg = legs.get(member);
    Optional<EslCommand> command =
        leg == null
            ? Optional.empty()
            : leg.variable("sip_contact_uri")
                .flatMap(contact -> sipNotify.command(contact, variables));
    if (command.isEmpty()) {
      return new MixerReply.NotThere();
    }
    try {
      client.send(command.get());
      return new MixerReply.Done();
    } catch (EslException e) {
      LOG.warn("a telephone could not be told variables", e);
      return new MixerReply.Unknown("no answer");
    }
  }

  // ---- between switches

  @Override
  public String focus(RoomId room) {
    return hostname;
  }

  @Override
  public boolean has(CallId leg) {
    return legs.containsKey(leg);
  }

  @Override
  public void bridge(CallId call, RoomId room, Bridge way) {
    FreeSwitchLeg leg = legs.get(call);
    if (leg != null) {
      leg.bridge(room, dialStrings.bridge(way));
    }
  }

  @Override
  public void bridged(CallId call, RoomSignal.Entered entered) {
    FreeSwitchLeg leg = legs.get(call);
    if (leg != null) {
      leg.bridged(entered);
    }
  }

  @Override
  public void expect(String token, Consumer<Leg> arrived) {
    expected.put(token, arrived);
    time.after(LONGEST_BRIDGE, "bridge-expected", () -> expected.remove(token));
  }

  /** Hands over a leg from another switch; false if nobody waits for it. */
  boolean arrivedOverBridge(String token, FreeSwitchLeg leg) {
    Consumer<Leg> arrived = expected.remove(token);
    if (arrived != null) {
      arrived.accept(leg);
    }
    return arrived != null;
  }

  // ---- calling out

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    Inbox<FreeSwitchLeg> arrival = time.inbox(1);
    dialled.put(leg, arrival);
    try {
      String answer =
          client.bgapi(
              "originate",
              dialStrings.originate(leg, signed(leg, order), calls),
              order.patience().plus(options.controlTimeout()));
      if (!answer.startsWith("+OK")) {
        return new DialReply.Failed(HangupCause.of(answer.strip().replaceFirst("^-\\w+ ", "")));
      }
      FreeSwitchLeg answered = arrival.poll(options.controlTimeout());
      if (answered == null) {
        cancel(leg);
        return new DialReply.Failed(HangupCause.DESTINATION_OUT_OF_ORDER);
      }
      return new DialReply.Answered(answered);
    } catch (EslException e) {
      LOG.warn("nobody knows what became of {}, which was being dialled", leg, e);
      cancel(leg);
      return new DialReply.Unknown("the switch does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel(leg);
      return new DialReply.Unknown("interrupted");
    } finally {
      dialled.remove(leg);
    }
  }

  /** The leg comes back to us as a call, and is let in like one. */
  private DialOrder signed(CallId leg, DialOrder order) {
    return new DialOrder(
        order.room(),
        order.target(),
        order.callerName(),
        order.callerNumber(),
        order.patience(),
        options.access().sign(leg.value(), order.variables()),
        order.near());
  }

  @Override
  public void cancel(CallId leg) {
    try {
      client.bgapi(
          "uuid_kill",
          text.word(Word.LEG, leg.value()) + " ORIGINATOR_CANCEL",
          options.controlTimeout());
    } catch (EslException e) {
      LOG.warn("{} could not be cancelled", leg, e);
    }
  }

  /** Hands an answered leg to the room that has dialled it; false if none waits for it. */
  boolean answered(FreeSwitchLeg leg) {
    Inbox<FreeSwitchLeg> arrival = dialled.get(leg.id());
    return arrival != null && arrival.offer(leg);
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }

  // ---- the control connection

  @Override
  public void connected(EslPeer peer) {
    LOG.info("controls rooms of {} ({})", peer.hostname(), peer.version());
    hostname = peer.hostname();
    // Also the first time: there may be rooms of an earlier process.
    tell(new MixerEvent.LinkRestored());
  }

  @Override
  public void lost(EslException why) {
    LOG.warn("rooms cannot be controlled: {}", why.getMessage());
    tell(new MixerEvent.LinkLost());
  }

  @Override
  public void restarted(EslPeer peer) {
    LOG.warn("FreeSWITCH has restarted: its rooms are gone");
    tell(new MixerEvent.Restarted());
  }

  @Override
  public void event(EslEvent event) {
    if (event.subclass().equals(RoomEvents.SUBCLASS)) {
      events.read(event).ifPresent(this::tell);
    }
  }

  private void tell(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
