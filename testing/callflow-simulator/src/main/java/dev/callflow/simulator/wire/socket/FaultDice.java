package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.setup.WireFaults;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Decides which faults affect the events and replies of one connection, using random numbers from a
 * seed.
 */
final class FaultDice {

  /** The fate of an event or reply. */
  enum Fate {
    SENT,
    LOST,
    TWICE,
    LATE
  }

  private final Supplier<WireFaults> faults;
  private final Random random;

  /**
   * @param faults returns the current faults
   * @param connection the number of the connection
   */
  FaultDice(Supplier<WireFaults> faults, long connection) {
    this.faults = faults;
    this.random = new Random(faults.get().seed() + connection);
  }

  Fate ofEvent(String name) {
    WireFaults now = faults.get();
    if (now == WireFaults.NONE || !now.events().names().matcher(name).matches()) {
      return Fate.SENT;
    }
    WireFaults.OfEvents events = now.events();
    double drawn = random.nextDouble();
    if (drawn < events.lost()) {
      return Fate.LOST;
    }
    if (drawn < events.lost() + events.doubled()) {
      return Fate.TWICE;
    }
    return drawn < events.lost() + events.doubled() + events.late() ? Fate.LATE : Fate.SENT;
  }

  Fate ofReply() {
    WireFaults now = faults.get();
    if (now == WireFaults.NONE) {
      return Fate.SENT;
    }
    WireFaults.OfReplies replies = now.replies();
    double drawn = random.nextDouble();
    if (drawn < replies.lost()) {
      return Fate.LOST;
    }
    return drawn < replies.lost() + replies.late() ? Fate.LATE : Fate.SENT;
  }
}
