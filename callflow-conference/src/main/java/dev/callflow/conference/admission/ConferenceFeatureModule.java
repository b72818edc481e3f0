package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code conference_feature} element. It works like {@code conference}, but the text captured
 * by the callflow's pattern replaces the conference id in the data
 * (docs/spec/callflows.md#conference-elements).
 */
public final class ConferenceFeatureModule implements CallflowModule {

  private final Admission admission;

  public ConferenceFeatureModule(Admission admission) {
    this.admission = admission;
  }

  @Override
  public String name() {
    return "conference_feature";
  }

  @Override
  public List<Problem> check(ObjectNode data) {
    return ConferenceSchemas.checkElement(data);
  }

  @Override
  public Optional<ObjectNode> schema() {
    return Optional.of(ConferenceSchemas.ofElement());
  }

  @Override
  public Map<String, String> media(ObjectNode data) {
    return ConferenceMedia.ofElement(data);
  }

  @Override
  public Outcome run(ModuleContext context) {
    ConferenceElement element = ConferenceElement.of(context.data());
    return admission.admit(context, context.flow().captured().map(element::withId).orElse(element));
  }
}
