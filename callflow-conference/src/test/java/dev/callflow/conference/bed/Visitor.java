package dev.callflow.conference.bed;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.LayeredSettings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A caller whose call has reached a conference element, at any step of the admission. */
public final class Visitor {

  private final Bed bed;
  private final ScriptedLeg leg;
  private String number;
  private ObjectNode element = Bed.json("{\"id\":\"room\"}");
  private Map<String, String> variables = Map.of();
  private @Nullable Call call;

  Visitor(Bed bed, ScriptedLeg leg, String number) {
    this.bed = bed;
    this.leg = leg;
    this.number = number;
  }

  /** Sets the caller's number; empty if withheld. */
  public Visitor number(String of) {
    number = of;
    return this;
  }

  /** Sets the data of the element; by default, the data names the conference {@code room}. */
  public Visitor element(String json) {
    element = Bed.json(json);
    return this;
  }

  /** Sets the variables of the call. */
  public Visitor variables(Map<String, String> of) {
    variables = of;
    return this;
  }

  public ScriptedLeg leg() {
    return leg;
  }

  public String id() {
    return leg.id().value();
  }

  public Call call() {
    if (call == null) {
      call =
          new Call(
              leg,
              Bed.ACME,
              new IncomingCall("1", number, "name of " + id(), Optional.empty(), variables),
              bed.time);
    }
    return call;
  }

  public ObjectNode element() {
    return element;
  }

  /** Returns the caller as they are before a conference has been found. */
  public Caller caller() {
    Account account = bed.documents().account(Bed.ACME).orElseThrow();
    return new Caller(
        call(),
        bed.documents(),
        MediaGuard.standard().reader(Bed.ACME, bed.documents()),
        ConferenceElement.of(element),
        LayeredSettings.of(bed.documents(), account, "conferences"));
  }

  /** Returns the caller together with the stored conference that the element names. */
  public Target target() {
    Caller caller = caller();
    String id = caller.element().id().orElseThrow();
    Document stored = bed.documents().find(Bed.ACME, DocumentType.CONFERENCE, id).orElseThrow();
    return Target.of(caller, ConferenceDocument.stored(stored));
  }

  /** Returns the caller as a regular participant who asks for a seat. */
  public Guest member() {
    return Guest.caller(target(), false);
  }

  /** Returns the caller as a moderator who asks for a seat. */
  public Guest moderator() {
    return Guest.caller(target(), true);
  }
}
