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
 * The {@code conference} element, which brings the caller into a conference
 * (docs/spec/conference.md).
 */
public final class ConferenceModule implements CallflowModule {

  private final Admission admission;

  public ConferenceModule(Admission admission) {
    this.admission = admission;
  }

  @Override
  public String name() {
    return "conference";
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
    return admission.admit(context, ConferenceElement.of(context.data()));
  }
}
