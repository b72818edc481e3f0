package dev.callflow.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains an invalid property when the application does not start. */
final class InvalidPropertyAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidPropertyException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Set or correct the property " + cause.property() + ".",
        cause);
  }
}
