package dev.callflow.engine.rooms;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.mixer.WrappedMixer;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A mixer behind a bad line. The line drops, duplicates, delays and reorders events, loses replies
 * to executed commands, and sometimes breaks.
 */
final class FaultyLink implements WrappedMixer {

  private static final int MAX_DELAY_MILLIS = 2_000;

  private final Mixer mixer;
  private final TimeSource time;
  private final Random random;
  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();
  private boolean good;
  private boolean broken;

  FaultyLink(Mixer mixer, TimeSource time, Random random) {
    this.mixer = mixer;
    this.time = time;
    this.random = random;
    mixer.listen(this::received);
  }

  @Override
  public Mixer mixer() {
    return mixer;
  }

  /** Delivers everything immediately from now on. */
  void becomesGood() {
    good = true;
    if (broken) {
      restores();
    }
  }

  void breaks() {
    if (!broken && !good) {
      broken = true;
      publish(new MixerEvent.LinkLost());
    }
  }

  void restores() {
    if (broken) {
      broken = false;
      publish(new MixerEvent.LinkRestored());
    }
  }

  private void received(MixerEvent event) {
    if (broken) {
      return;
    }
    int fate = good ? 100 : random.nextInt(100);
    if (fate < 12) {
      return;
    }
    if (fate < 22) {
      later(event);
      publish(event);
    } else if (fate < 40) {
      later(event);
    } else {
      publish(event);
    }
  }

  private void later(MixerEvent event) {
    time.after(
        Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS)),
        "late",
        () -> {
          if (!broken) {
            publish(event);
          }
        });
  }

  private void publish(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public boolean available() {
    return !broken;
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    if (broken) {
      return new MixerReply.Unknown("the link is down");
    }
    MixerReply reply = mixer.apply(room, command);
    return !good && random.nextInt(100) < 15 ? new MixerReply.Unknown("no answer") : reply;
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return broken || !good && random.nextInt(100) < 15
        ? new SnapshotReply.NoAnswer("no answer")
        : mixer.snapshot(room);
  }

  @Override
  public RoomsReply rooms() {
    return broken ? new RoomsReply.NoAnswer("the link is down") : mixer.rooms();
  }

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    return broken ? new DialReply.Unknown("the link is down") : mixer.dial(leg, order);
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }
}
