package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.core.call.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Records the effects of a room's decisions, and counts the taken seats. */
final class RecordedEffects implements RoomEffects {

  final List<String> done = new ArrayList<>();
  int seats;
  int adopted;

  @Override
  public void kick(CallId call) {
    done.add("kick " + call.value());
  }

  @Override
  public void cancel(CallId call) {
    done.add("cancel " + call.value());
  }

  @Override
  public void record() {
    done.add("record");
  }

  @Override
  public void carry(Supplier<List<MixerCommand>> settings) {
    settings.get().forEach(command -> done.add("carry " + text(command)));
  }

  private static String text(MixerCommand command) {
    return command instanceof MixerCommand.SetVariables(var variables)
        ? new TreeMap<>(variables).toString()
        : command.toString();
  }

  @Override
  public void adopted() {
    adopted++;
  }

  @Override
  public void seats(int change) {
    seats += change;
  }

  @Override
  public void outside(Runnable task) {
    task.run();
  }
}
