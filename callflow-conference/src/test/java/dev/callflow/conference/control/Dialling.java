package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.admission.Entrance;
import dev.callflow.conference.admission.Join;
import dev.callflow.conference.admission.Moves;
import dev.callflow.conference.admission.Outcomes;
import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.stay.KeyActions;
import dev.callflow.conference.stay.Stay;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Dials participants into the room of a test bed and collects the results. */
final class Dialling {

  private final Bed bed;
  private final DialOut dialOut;
  private final List<String> outcomes = new ArrayList<>();
  private Set<MemberFlag> flags = Set.of();
  private String callerName = "";
  private String callerNumber = "";
  private Map<String, String> variables = Map.of();
  private Optional<String> callId = Optional.empty();
  private Optional<String> targetCallId = Optional.empty();
  private String profile = "";
  private ObjectNode settings = Bed.json("{}");

  Dialling(Bed bed) {
    this.bed = bed;
    Join join = new Join(bed.mixer, bed.rooms, bed.sounds, ConferenceMetrics.NONE);
    Stay stay = new Stay(bed.mixer, bed.rooms, new KeyActions(bed.mixer, bed.rooms));
    DialledLegs legs =
        new DialledLegs(
            bed.readOnly,
            MediaGuard.standard(),
            bed.mixer,
            bed.rooms,
            new Entrance(join, stay, new Moves(bed.roomDocuments, join, stay)),
            new ChannelVariables(),
            new Outcomes(List.of((call, outcome) -> outcomes.add(call + " " + outcome.key()))),
            bed.time);
    dialOut =
        new DialOut(
            bed.readOnly,
            bed.mixer,
            bed.rooms,
            bed.roomDocuments,
            legs,
            Limits.of(bed.store, bed.time, AccountLimits.standard()),
            bed.time);
  }

  Dialling flags(MemberFlag... of) {
    flags = Set.of(of);
    return this;
  }

  Dialling caller(String name, String number) {
    callerName = name;
    callerNumber = number;
    return this;
  }

  Dialling variables(Map<String, String> of) {
    variables = of;
    return this;
  }

  Dialling callId(String id) {
    callId = Optional.of(id);
    return this;
  }

  Dialling near(String call) {
    targetCallId = Optional.of(call);
    return this;
  }

  Dialling profile(String name) {
    profile = name;
    return this;
  }

  Dialling settings(String json) {
    settings = Bed.json(json);
    return this;
  }

  /** Starts to dial the given numbers. */
  Running<ActionResult> begin(String... numbers) {
    return begin(Arrays.stream(numbers).<Endpoint>map(Endpoint.Number::new).toList());
  }

  Running<ActionResult> begin(List<Endpoint> endpoints) {
    return bed.begin(() ->
        dialOut.dial(
            Bed.ROOM,
            new DialRequest(
                endpoints,
                callerName,
                callerNumber,
                flags,
                DialRequest.DEFAULT_TIMEOUT,
                variables,
                callId,
                targetCallId,
                profile,
                settings)));
  }

  ActionResult result(String... numbers) {
    return bed.until(begin(numbers));
  }

  /** Returns the results of all legs. */
  List<DialledEndpoint> endpoints(Running<ActionResult> dialling) {
    return ((ActionResult.Done) bed.until(dialling)).dialled();
  }

  /** Returns the result of the only leg. */
  DialledEndpoint endpoint(Running<ActionResult> dialling) {
    List<DialledEndpoint> endpoints = endpoints(dialling);
    if (endpoints.size() != 1) {
      throw new AssertionError("expected exactly one result, but got " + endpoints);
    }
    return endpoints.getFirst();
  }

  /** Dials a number and returns the result of its leg. */
  DialledEndpoint dial(String number) {
    return endpoint(begin(number));
  }

  /** Returns the outcomes of the legs that have ended. */
  List<String> outcomes() {
    return List.copyOf(outcomes);
  }
}
