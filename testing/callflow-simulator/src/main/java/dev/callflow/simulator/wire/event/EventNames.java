package dev.callflow.simulator.wire.event;

import java.util.Set;

/** The event names that the simulated FreeSWITCH accepts in subscriptions. */
public final class EventNames {

  public static final Set<String> KNOWN =
      Set.of(
          "CUSTOM",
          "API",
          "BACKGROUND_JOB",
          "CALL_UPDATE",
          "CHANNEL_ANSWER",
          "CHANNEL_APPLICATION",
          "CHANNEL_BRIDGE",
          "CHANNEL_CALLSTATE",
          "CHANNEL_CREATE",
          "CHANNEL_DATA",
          "CHANNEL_DESTROY",
          "CHANNEL_EXECUTE",
          "CHANNEL_EXECUTE_COMPLETE",
          "CHANNEL_HANGUP",
          "CHANNEL_HANGUP_COMPLETE",
          "CHANNEL_ORIGINATE",
          "CHANNEL_OUTGOING",
          "CHANNEL_PARK",
          "CHANNEL_PROGRESS",
          "CHANNEL_PROGRESS_MEDIA",
          "CHANNEL_STATE",
          "CHANNEL_UNBRIDGE",
          "CHANNEL_UNPARK",
          "CHANNEL_UUID",
          "CODEC",
          "DETECTED_SPEECH",
          "DTMF",
          "HEARTBEAT",
          "MESSAGE",
          "MODULE_LOAD",
          "MODULE_UNLOAD",
          "NOTALK",
          "NOTIFY",
          "PLAYBACK_START",
          "PLAYBACK_STOP",
          "PRESENCE_IN",
          "PRIVATE_COMMAND",
          "RECORD_START",
          "RECORD_STOP",
          "RELOADXML",
          "RE_SCHEDULE",
          "SHUTDOWN",
          "SHUTDOWN_REQUESTED",
          "STARTUP",
          "TALK");

  private EventNames() {}
}
