package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.document.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** {@code response}: refuses a call with a SIP status code. */
final class Response implements BuiltIn {

  @Override
  public String name() {
    return "response";
  }

  @Override
  public Map<String, String> media(ObjectNode data) {
    return NamedMedia.of(data, "media");
  }

  @Override
  public Outcome run(ModuleContext context) {
    context.media("media").ifPresent(media -> context.call().play(media, KeyPolicy.INTERRUPT));
    return new Outcome.HangUp(cause(Json.integer(context.data(), "code").orElse(486)));
  }

  /** Returns the cause for a status code, reversing the mapping in RFC 3398, section 7.2.4.1. */
  private static HangupCause cause(int code) {
    return switch (code) {
      case 404, 604 -> HangupCause.UNALLOCATED_NUMBER;
      case 486, 600 -> HangupCause.USER_BUSY;
      case 408, 480 -> HangupCause.of("NO_USER_RESPONSE");
      case 410 -> HangupCause.of("NUMBER_CHANGED");
      case 484 -> HangupCause.of("INVALID_NUMBER_FORMAT");
      case 488, 606 -> HangupCause.of("BEARERCAPABILITY_NOTIMPL");
      case 500, 503 -> HangupCause.NORMAL_TEMPORARY_FAILURE;
      case 504 -> HangupCause.of("RECOVERY_ON_TIMER_EXPIRE");
      default -> HangupCause.CALL_REJECTED;
    };
  }
}
