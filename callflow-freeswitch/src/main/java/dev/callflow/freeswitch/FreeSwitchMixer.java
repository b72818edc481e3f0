package dev.callflow.freeswitch;

import dev.callflow.conference.room.Entry;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.MixerCommand;
import dev.callflow.conference.room.MixerEvent;
import dev.callflow.conference.room.MixerReply;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslException;
import dev.callflow.esl.EslPeer;
import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  private final FreeSwitchOptions options;
  private final TimeSource time;
  private final RoomNames names = new RoomNames();
  private final RoomEvents events;
  private final RoomCommands commands;
  private final EslClient client;
  private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Map<CallId, FreeSwitchLeg> legs = new ConcurrentHashMap<>();
  private boolean wasLost;

  FreeSwitchMixer(FreeSwitchOptions options, SoundFiles sounds, TimeSource time) {
    this.options = options;
    this.time = time;
    this.events = new RoomEvents(names, time::now);
    this.commands = new RoomCommands(sounds, events::number);
    this.client =
        EslClient.builder(options.control())
            .password(options.password())
            .commandTimeout(options.controlTimeout())
            .events(List.of("SHUTDOWN"), List.of(RoomEvents.SUBCLASS))
            .listener(this)
            .build();
  }

  void start() {
    client.start();
  }

  boolean awaitConnected(Duration longest) {
    return client.awaitConnected(longest);
  }

  @Override
  public void close() {
    client.close();
  }

  void arrived(FreeSwitchLeg leg) {
    legs.put(leg.id(), leg);
  }

  void gone(FreeSwitchLeg leg) {
    legs.remove(leg.id());
  }

  @Override
  public boolean available() {
    return client.connected();
  }

  @Override
  public void enter(CallId call, RoomId room, Entry entry) {
    FreeSwitchLeg leg = legs.get(call);
    if (leg == null) {
      LOG.debug("{} has gone before it could enter {}", call, room);
      return;
    }
    leg.enter(room, names.name(room), entry, options.profile());
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
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
      return new MixerReply.Unknown(e.getMessage() == null ? "no answer" : e.getMessage());
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
      return RoomListing.read(room, answer, time.now());
    } catch (EslException e) {
      LOG.warn("room {} cannot be listed", room, e);
      return new SnapshotReply.NoAnswer("the switch does not answer");
    }
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }

  // ---- the control connection

  @Override
  public void connected(EslPeer peer) {
    LOG.info("controls rooms of {} ({})", peer.hostname(), peer.version());
    if (wasLost) {
      wasLost = false;
      tell(new MixerEvent.LinkRestored());
    }
  }

  @Override
  public void lost(EslException why) {
    LOG.warn("rooms cannot be controlled: {}", why.getMessage());
    wasLost = true;
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
      events
          .read(event)
          .ifPresent(told -> {
            tell(told);
            if (told instanceof MixerEvent.Destroyed destroyed) {
              names.forget(destroyed.room());
            }
          });
    }
  }

  private void tell(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
