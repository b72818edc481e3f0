package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How far a call has got in its callflow. */
sealed interface Walked {

  /**
   * The walk has ended.
   *
   * @param hangup the cause to hang up with; empty if the call was transferred elsewhere
   */
  record ToTheEnd(Optional<HangupCause> hangup) implements Walked {

    ToTheEnd(HangupCause cause) {
      this(Optional.of(cause));
    }
  }

  /** The call has ended, wherever it was in the callflow. */
  record ToItsEnd(LegEvent.HungUp how) implements Walked {}

  /**
   * A module waits.
   *
   * @param call the call
   * @param timeout the maximum time to wait for an event of the call
   * @param rest walks on when the wait has ended
   */
  record ToALongWait(Call call, Duration timeout, Supplier<Walked> rest) implements Walked {}
}
