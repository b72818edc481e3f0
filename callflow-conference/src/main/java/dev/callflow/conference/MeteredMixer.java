package dev.callflow.conference;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.WrappedMixer;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceMetrics.CommandResult;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Records how long the commands of another mixer take. */
record MeteredMixer(Mixer mixer, ConferenceMetrics metrics, TimeSource time)
    implements WrappedMixer {

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    Instant start = time.now();
    MixerReply reply = mixer.apply(room, command);
    metrics.commanded(
        command.getClass().getSimpleName(), result(reply), Duration.between(start, time.now()));
    return reply;
  }

  private static CommandResult result(MixerReply reply) {
    return switch (reply) {
      case MixerReply.Done done -> CommandResult.DONE;
      case MixerReply.Refused refused -> CommandResult.REFUSED;
      case MixerReply.NotThere gone -> CommandResult.REFUSED;
      case MixerReply.Unknown unknown -> CommandResult.UNKNOWN;
    };
  }
}
