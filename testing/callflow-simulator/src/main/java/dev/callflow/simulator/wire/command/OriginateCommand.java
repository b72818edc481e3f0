package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.wire.call.History;
import dev.callflow.simulator.wire.call.Originate;
import dev.callflow.simulator.wire.call.PlacedCalls;
import dev.callflow.simulator.wire.text.DialString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Carries out {@code api originate}. */
public final class OriginateCommand implements ApiCommandGroup {

  /**
   * The actions for which a single leg can simulate a loopback call, because the far half is not
   * used.
   */
  private static final Pattern CALLER =
      Pattern.compile("&(?:park|echo|playback|endless_playback|sleep)(?:\\(.*)?|[^&].*");

  private static final Duration MAX_RINGING = Duration.ofSeconds(60);

  private final SimulatedSwitch model;
  private final Originate originate;
  private final PlacedCalls calls;
  private final History history;

  public OriginateCommand(
      SimulatedSwitch model, Originate originate, PlacedCalls calls, History history) {
    this.model = model;
    this.originate = originate;
    this.calls = calls;
    this.history = history;
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.of("originate", this::run);
  }

  private String run(String arguments) {
    List<String> words = Originate.words(arguments);
    if (words.isEmpty()) {
      return Originate.USAGE;
    }
    return caller(words).map(this::call).orElseGet(() -> originate.run(words));
  }

  /**
   * Returns the leg to dial if a call with a single leg can simulate the command; empty otherwise.
   */
  private static Optional<DialString.Leg> caller(List<String> words) {
    List<DialString.Branch> branches = DialString.of(words.getFirst(), Map.of()).branches();
    if (!CALLER.matcher(words.get(1)).matches() || words.size() > 2 || branches.size() != 1) {
      return Optional.empty();
    }
    List<List<DialString.Leg>> alternatives = branches.getFirst().alternatives();
    return alternatives.size() != 1 || alternatives.getFirst().size() != 1
        ? Optional.empty()
        : Optional.of(alternatives.getFirst().getFirst())
            .filter(leg -> leg.endpoint().equals("loopback") || leg.endpoint().equals("sim"))
            .filter(leg -> leg.destination().matches("[^/=]+(/[^/]*)?"));
  }

  private String call(DialString.Leg leg) {
    String uuid =
        leg.option("origination_uuid")
            .filter(requested -> model.channel(requested).isEmpty())
            .orElseGet(() -> UUID.randomUUID().toString());
    originate.recordEffects(uuid, leg, leg.variables());
    calls.place(
        calls.call(
            uuid,
            leg.option("origination_caller_id_number").orElse("0000000000"),
            leg.option("origination_caller_id_name").orElse(""),
            leg.destination().split("/")[0],
            leg.variables()));
    history.await(MAX_RINGING, () -> history.cause(uuid).isPresent() || history.wasAnswered(uuid));
    return history.wasAnswered(uuid)
        ? "+OK " + uuid + "\n"
        : "-ERR " + history.cause(uuid).orElse("NO_ANSWER") + "\n";
  }
}
