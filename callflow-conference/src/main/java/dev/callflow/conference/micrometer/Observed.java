package dev.callflow.conference.micrometer;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.WrappedMixer;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Problem;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates observations, from which traces can be made: {@code callflow.node} for each node that a
 * call runs, including its {@linkplain Outcome.LongWait long waits}; {@code
 * callflow.conference.command}, nested in the node's observation, for each command to the mixer;
 * and {@code callflow.conference.event} for each event of the mixer.
 *
 * <p>Wrap each module of the engine with {@link #module}, and the mixer of the conferences with
 * {@link #mixer}. Module, command, event and result are low-cardinality keys; calls and conferences
 * are high-cardinality keys, which appear only in traces.
 */
// Micrometer is an optional dependency: only users of this class need it.
@SuppressWarnings("exports")
public final class Observed {

  private Observed() {}

  /**
   * Wraps a module so that it is observed.
   *
   * @param module the module
   * @param registry the registry that receives the observations
   * @return the observed module
   */
  public static CallflowModule module(CallflowModule module, ObservationRegistry registry) {
    return new ObservedModule(module, registry);
  }

  /**
   * Wraps a mixer so that it is observed.
   *
   * @param mixer the mixer
   * @param registry the registry that receives the observations
   * @return the observed mixer
   */
  public static Mixer mixer(Mixer mixer, ObservationRegistry registry) {
    return new ObservedMixer(mixer, registry);
  }

  private record ObservedModule(CallflowModule module, ObservationRegistry registry)
      implements CallflowModule {

    @Override
    public String name() {
      return module.name();
    }

    @Override
    public List<Problem> check(ObjectNode data) {
      return module.check(data);
    }

    @Override
    public Optional<ObjectNode> schema() {
      return module.schema();
    }

    @Override
    public Map<String, String> media(ObjectNode data) {
      return module.media(data);
    }

    @Override
    public Outcome run(ModuleContext context) {
      Observation observation =
          Observation.createNotStarted("callflow.node", registry)
              .lowCardinalityKeyValue("module", module.name())
              .highCardinalityKeyValue("call", context.call().id().value())
              .start();
      return part(observation, () -> module.run(context));
    }

    /**
     * Observes a part of a node. The observation continues during a long wait, but its scope does
     * not, because the rest runs on another thread.
     */
    private static Outcome part(Observation observation, Supplier<Outcome> part) {
      boolean last = true;
      try {
        Outcome outcome = Objects.requireNonNull(observation.scoped(part));
        if (outcome instanceof Outcome.LongWait(Duration timeout, Supplier<Outcome> rest)) {
          last = false;
          return new Outcome.LongWait(timeout, () -> part(observation, rest));
        }
        return outcome;
      } finally {
        if (last) {
          observation.stop();
        }
      }
    }
  }

  private record ObservedMixer(Mixer mixer, ObservationRegistry registry) implements WrappedMixer {

    private Observation command(String name) {
      return Observation.createNotStarted("callflow.conference.command", registry)
          .lowCardinalityKeyValue("command", name);
    }

    @Override
    public MixerReply apply(RoomId room, MixerCommand command) {
      Observation observation =
          command(command.getClass().getSimpleName())
              .highCardinalityKeyValue("conference", room.toString());
      return Objects.requireNonNull(
          observation.observe(() -> {
            MixerReply reply = mixer.apply(room, command);
            observation.lowCardinalityKeyValue("result", reply.getClass().getSimpleName());
            return reply;
          }));
    }

    @Override
    public void enter(CallId leg, RoomId room, JoinOptions entry) {
      command("Enter")
          .highCardinalityKeyValue("conference", room.toString())
          .highCardinalityKeyValue("call", leg.value())
          .observe(() -> mixer.enter(leg, room, entry));
    }

    @Override
    public DialReply dial(CallId leg, DialOrder order) {
      return Objects.requireNonNull(
          command("Dial")
              .highCardinalityKeyValue("call", leg.value())
              .observe(() -> mixer.dial(leg, order)));
    }

    @Override
    public void listen(Consumer<MixerEvent> listener) {
      mixer.listen(event ->
          Observation.createNotStarted("callflow.conference.event", registry)
              .lowCardinalityKeyValue("event", event.getClass().getSimpleName())
              .observe(() -> listener.accept(event)));
    }
  }
}
