package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.event.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds events back while a connection's commands are carried out. In FreeSWITCH, one thread
 * carries out a connection's commands and writes its events, so events that happen after the first
 * character of a command has arrived are sent only after the reply to that command, and after the
 * replies to all commands that arrived with it. Thread-safe.
 */
final class HeldEvents {

  private static final Logger LOG = LoggerFactory.getLogger(HeldEvents.class);

  /** Receives the events, once they are no longer held back. */
  interface Output {

    void deliver(WireEvent event);

    /** Reports the end of the call, after all earlier events. */
    void deliverEnd(String channelName);

    /** Called when too many events are held because the client does not finish its command. */
    void overflow();
  }

  private final Output output;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<WireEvent> held = new ArrayList<>();
  private boolean carryingOut;
  private Optional<String> endedCall = Optional.empty();

  HeldEvents(Output output) {
    this.output = output;
  }

  /** Writes an event now, or once the pending commands have been carried out. */
  void event(WireEvent event) {
    if (!held(event)) {
      output.deliver(event);
    }
  }

  private boolean held(WireEvent event) {
    lock.lock();
    try {
      if (held.size() >= OutgoingFrames.MAX_WAITING) {
        LOG.warn("disconnecting a client that does not finish its command");
        output.overflow();
      }
      return carryingOut && held.add(event);
    } finally {
      lock.unlock();
    }
  }

  /** Starts holding events back, because a command has begun to arrive. */
  void hold() {
    lock.lock();
    carryingOut = true;
    lock.unlock();
  }

  /**
   * Writes the held events, unless another command has already arrived. If the call has ended, the
   * events are written in any case, and the end is reported after them.
   *
   * @param commanded whether another command has already arrived
   */
  void release(boolean commanded) {
    lock.lock();
    try {
      if (commanded && endedCall.isEmpty()) {
        return;
      }
      carryingOut = false;
      held.forEach(output::deliver);
      held.clear();
      endedCall.ifPresent(output::deliverEnd);
      endedCall = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Reports the end of the call, once the pending commands have been carried out. */
  void callEnded(String channelName) {
    lock.lock();
    try {
      if (carryingOut) {
        endedCall = Optional.of(channelName);
      } else {
        output.deliverEnd(channelName);
      }
    } finally {
      lock.unlock();
    }
  }
}
