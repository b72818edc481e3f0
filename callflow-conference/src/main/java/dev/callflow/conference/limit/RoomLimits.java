package dev.callflow.conference.limit;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.limit.AccountQuota;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the rooms and recordings of accounts, and stops recordings whose minutes are used up. */
public final class RoomLimits {

  private static final Logger LOG = LoggerFactory.getLogger(RoomLimits.class);

  private final Limits limits;
  private final DocumentStore store;
  private final Mixer mixer;

  /** The recordings in progress; there are at most as many as there are rooms. */
  private final Map<RoomId, Lease> recordings = new ConcurrentHashMap<>();

  public RoomLimits(Limits limits, DocumentStore store, Mixer mixer) {
    this.limits = limits;
    this.store = store;
    this.mixer = mixer;
  }

  /**
   * Prepares to open a room; blocks for as long as the store does.
   *
   * @return requests permission to open the room, without blocking
   */
  public Supplier<Grant> permit(RoomId room) {
    AccountQuota quota = limits.account(room.account());
    boolean adHoc = isAdHoc(room);
    return () -> adHoc ? takeBoth(quota) : quota.take(Limit.ROOMS);
  }

  private static Grant takeBoth(AccountQuota quota) {
    Grant first = quota.take(Limit.AD_HOC_ROOMS);
    if (!(first instanceof Grant.Granted(Lease adHoc))) {
      return first;
    }
    Grant second = quota.take(Limit.ROOMS);
    if (second instanceof Grant.Granted(Lease room)) {
      return new Grant.Granted(Lease.both(adHoc, room));
    }
    adHoc.close();
    return second;
  }

  private boolean isAdHoc(RoomId room) {
    try {
      return store.find(room.account(), DocumentType.CONFERENCE, room.conference()).isEmpty();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /** Counts a room that is open already; never blocks. */
  public Lease opened(RoomId room) {
    return limits.count(room.account(), Limit.ROOMS);
  }

  /**
   * Decides whether a recording may start; blocks for as long as the store does.
   *
   * @return the limit that is reached; empty if the recording may start
   */
  public Optional<Grant.Reached> recordingRefused(RoomId room) {
    return limits.account(room.account()).take(Limit.RECORDING_MINUTES)
            instanceof Grant.Reached reached
        ? Optional.of(reached)
        : Optional.empty();
  }

  /** Follows the recordings of a room; never blocks. */
  public void onEvent(RoomEvent event) {
    switch (event) {
      case RoomEvent.Happened it -> onEvent(it.event());
      case RoomEvent.Repaired it -> onEvent(it.event());
      case RoomEvent.Lost it -> onEvent(it.event());
      case RoomEvent.Noted it -> {}
    }
  }

  private void onEvent(MixerEvent.InRoom event) {
    RoomId room = event.room();
    if (event instanceof MixerEvent.RecordingStarted started && !started.failed()) {
      recordings.computeIfAbsent(room, id -> limits.recording(id.account(), () -> stop(id)));
    } else if (event instanceof MixerEvent.RecordingStopped
        || event instanceof MixerEvent.Destroyed) {
      over(room);
    }
  }

  /** Called when a room has closed. */
  public void over(RoomId room) {
    Lease lease = recordings.remove(room);
    if (lease != null) {
      lease.close();
    }
  }

  private void stop(RoomId room) {
    LOG.warn(
        "room {}: stopping the recording because the account's minutes of today are used up", room);
    mixer.apply(room, new MixerCommand.StopRecording());
  }
}
