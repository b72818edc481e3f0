package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds events back while a connection's commands are carried out. One thread of FreeSWITCH carries
 * out a connection's commands and writes its events: what happens from the first character of a
 * command on comes behind its answer, and behind those of the commands that have come with it. Safe
 * for use by any thread.
 */
final class HeldEvents {

  private static final Logger LOG = LoggerFactory.getLogger(HeldEvents.class);

  /** Writes what is not held back. */
  interface Output {

    void tell(WireEvent event);

    /** The call has ended; called behind all events before that. */
    void tellEnd(String channelName);

    /** The client does not finish its command. */
    void overflow();
  }

  private final Output output;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<WireEvent> held = new ArrayList<>();
  private boolean carryingOut;
  private Optional<String> over = Optional.empty();

  HeldEvents(Output output) {
    this.output = output;
  }

  /** Tells an event, now or when the commands are carried out. */
  void event(WireEvent event) {
    if (!held(event)) {
      output.tell(event);
    }
  }

  private boolean held(WireEvent event) {
    lock.lock();
    try {
      if (held.size() >= OutgoingFrames.MAX_WAITING) {
        LOG.warn("a client does not finish its command: disconnected");
        output.overflow();
      }
      return carryingOut && held.add(event);
    } finally {
      lock.unlock();
    }
  }

  /** A command has begun. */
  void hold() {
    lock.lock();
    carryingOut = true;
    lock.unlock();
  }

  /**
   * Tells what was held back; the end of a call does not wait for further commands.
   *
   * @param commanded whether another command has come already
   */
  void release(boolean commanded) {
    lock.lock();
    try {
      if (commanded && over.isEmpty()) {
        return;
      }
      carryingOut = false;
      held.forEach(output::tell);
      held.clear();
      over.ifPresent(output::tellEnd);
      over = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The call has ended: tells so as soon as the commands are carried out. */
  void callEnded(String channelName) {
    lock.lock();
    try {
      if (carryingOut) {
        over = Optional.of(channelName);
      } else {
        output.tellEnd(channelName);
      }
    } finally {
      lock.unlock();
    }
  }
}
