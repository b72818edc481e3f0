package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import dev.callflow.core.pattern.NumberPattern;
import dev.callflow.core.time.OneLine;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code check_cid}: branches on the caller's number.
 *
 * <p>Continues at {@code match} or {@code nomatch}; in absolute mode, continues at the child whose
 * key equals the number.
 */
final class CheckCid implements BuiltIn {

  private static final Logger LOG = LoggerFactory.getLogger(CheckCid.class);

  @Override
  public String name() {
    return "check_cid";
  }

  @Override
  public Outcome run(ModuleContext context) {
    String number = context.call().incoming().callerNumber();
    if (Json.bool(context.data(), "use_absolute_mode").orElse(false)) {
      return new Outcome.ContinueAt(number);
    }
    return new Outcome.ContinueAt(matches(context, number) ? "match" : "nomatch");
  }

  private static boolean matches(ModuleContext context, String number) {
    try {
      return NumberPattern.of(Json.text(context.data(), "regex").orElse(".*"))
          .match(number)
          .isPresent();
    } catch (PatternSyntaxException e) {
      LOG.warn(
          "{}/data/regex: is not a valid regular expression", OneLine.of(context.node().path()));
      return false;
    }
  }
}
