package dev.callflow.testkit.rooms;

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
 * A mixer at the end of a bad line: it drops, doubles and delays events, so that later ones come
 * first, and loses answers to commands that were carried out; sometimes it breaks altogether.
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
    mixer.listen(this::heard);
  }

  @Override
  public Mixer mixer() {
    return mixer;
  }

  /** From now on everything gets through at once. */
  void becomesGood() {
    good = true;
    if (broken) {
      restores();
    }
  }

  void breaks() {
    if (!broken && !good) {
      broken = true;
      tell(new MixerEvent.LinkLost());
    }
  }

  void restores() {
    if (broken) {
      broken = false;
      tell(new MixerEvent.LinkRestored());
    }
  }

  private void heard(MixerEvent event) {
    if (broken) {
      return;
    }
    int fate = good ? 100 : random.nextInt(100);
    if (fate < 12) {
      return;
    }
    if (fate < 22) {
      later(event);
      tell(event);
    } else if (fate < 40) {
      later(event);
    } else {
      tell(event);
    }
  }

  private void later(MixerEvent event) {
    time.after(
        Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS)),
        "late",
        () -> {
          if (!broken) {
            tell(event);
          }
        });
  }

  private void tell(MixerEvent event) {
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
