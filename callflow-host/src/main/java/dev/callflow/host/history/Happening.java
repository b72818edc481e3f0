package dev.callflow.host.history;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.CallRecord;

/** Something that changes the history. */
sealed interface Happening {

  /** A conference has published an event. */
  record Published(ConferenceEvent event) implements Happening {}

  /** A call has ended. */
  record CallEnded(CallRecord call) implements Happening {}

  /** The host closes. Its rooms end with it if it has hung up; otherwise they go on without it. */
  record HostClosed(boolean hungUp) implements Happening {}
}
