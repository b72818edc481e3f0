package dev.callflow.conference.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ObservedTests {

  private static final RoomId ROOM = new RoomId(new AccountId("acme"), "board");

  private final List<String> observed = new ArrayList<>();
  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final Mixer mixer;

  ObservedTests() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onStop(Observation.Context context) {
                String keys =
                    context.getLowCardinalityKeyValues().stream()
                        .map(KeyValue::getValue)
                        .sorted()
                        .collect(Collectors.joining(" "));
                observed.add(context.getName() + " " + keys);
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    mixer = Observed.mixer(new RefusingMixer(), registry);
  }

  /** A mixer that refuses every command. */
  private final class RefusingMixer implements Mixer {
    @Override
    public boolean available() {
      return true;
    }

    @Override
    public void enter(CallId leg, RoomId room, JoinOptions entry) {}

    @Override
    public MixerReply apply(RoomId room, MixerCommand command) {
      return new MixerReply.Refused("no");
    }

    @Override
    public SnapshotReply snapshot(RoomId room) {
      return new SnapshotReply.NoSuchRoom();
    }

    @Override
    public void listen(Consumer<MixerEvent> listener) {
      listeners.add(listener);
    }
  }

  @Test
  void anObservedModuleAnswersLikeTheModuleItself() {
    CallflowModule module = new Greeting();
    CallflowModule wrapped = Observed.module(module, registry);
    ObjectNode data = Json.readObject("{\"greeting\": \"http://example.com/hello.wav\"}");

    assertThat(wrapped.name()).isEqualTo("greeting");
    assertThat(wrapped.check(data)).containsExactly(Problem.at("/greeting", "is too long"));
    assertThat(wrapped.schema()).contains(Json.readObject("{\"type\": \"object\"}"));
    assertThat(wrapped.media(data))
        .containsExactly(Map.entry("/greeting", "http://example.com/hello.wav"));
  }

  /** A module of an application that overrides everything. */
  private static final class Greeting implements CallflowModule {

    @Override
    public String name() {
      return "greeting";
    }

    @Override
    public List<Problem> check(ObjectNode data) {
      return List.of(Problem.at("/greeting", "is too long"));
    }

    @Override
    public Optional<ObjectNode> schema() {
      return Optional.of(Json.readObject("{\"type\": \"object\"}"));
    }

    @Override
    public Map<String, String> media(ObjectNode data) {
      return Map.of("/greeting", data.path("greeting").asString());
    }

    @Override
    public Outcome run(ModuleContext context) {
      throw new UnsupportedOperationException("no call in this test");
    }
  }

  @Test
  void aCommandIsObservedWithItsTypeAndResult() {
    assertThat(mixer.apply(ROOM, new MixerCommand.Lock(true)))
        .isEqualTo(new MixerReply.Refused("no"));
    assertThat(observed).containsExactly("callflow.conference.command Lock Refused");
  }

  @Test
  void anEventIsObservedWithItsType() {
    List<MixerEvent> received = new ArrayList<>();
    mixer.listen(received::add);
    listeners.getFirst().accept(new MixerEvent.LinkLost());
    assertThat(received).containsExactly(new MixerEvent.LinkLost());
    assertThat(observed).containsExactly("callflow.conference.event LinkLost");
  }
}
