package dev.callflow.simulator;

import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.channel.Collecting;
import dev.callflow.simulator.channel.Immediate;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.OpenEnded;
import dev.callflow.simulator.channel.Playing;
import dev.callflow.simulator.channel.Running;
import dev.callflow.simulator.channel.Sleeping;
import dev.callflow.simulator.channel.VoiceRecording;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.room.Joined;
import dev.callflow.simulator.room.OpenRooms;
import java.util.Optional;

/** Creates the {@link Running} instance of an application that a channel executes. */
final class ApplicationStarter {

  private final OpenRooms rooms;
  private final MediaShelf media;
  private final boolean refusesJoins;

  ApplicationStarter(OpenRooms rooms, MediaShelf media, boolean refusesJoins) {
    this.rooms = rooms;
    this.media = media;
    this.refusesJoins = refusesJoins;
  }

  Running start(Running.Context context) {
    Channel channel = context.channel();
    return switch (context.execution().what()) {
      case Application.Playback(String file, String terminators, boolean endless, var limit) ->
          new Playing(context, media, file, terminators, endless, limit);
      case Application.Speak(String engine, String voice, String text, String terminators) ->
          new Playing(context, media, text, terminators, false, Optional.empty());
      case Application.Collect collect -> new Collecting(context, media, collect);
      case Application.Record record -> new VoiceRecording(context, media, record);
      case Application.Sleep(var duration) -> new Sleeping(context, duration);
      case Application.Join join -> new Joined(context, rooms, media, refusesJoins, join);
      case Application.Answer() -> new Immediate(context, channel::answer);
      case Application.PreAnswer() -> new Immediate(context, channel::preAnswer);
      case Application.Ring() -> new Immediate(context, channel::ring);
      case Application.Assign(var variables) ->
          new Immediate(context, () -> channel.assign(variables));
      case Application.HangUp(var cause) ->
          new Immediate(context, () -> channel.hangUpFromApplication(cause));
      case Application.Transfer(String number, boolean inline) ->
          new Immediate(context, () -> channel.transfer(number, inline));
      case Application.Park() -> new OpenEnded(context);
      case Application.Echo() -> new OpenEnded(context);
      case Application.External(boolean parked) -> new OpenEnded(context);
    };
  }
}
