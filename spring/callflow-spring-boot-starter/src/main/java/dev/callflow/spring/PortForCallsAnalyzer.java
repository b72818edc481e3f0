package dev.callflow.spring;

import dev.callflow.esl.error.EslConnectException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that the address for calls cannot be bound when the application does not start. */
final class PortForCallsAnalyzer extends AbstractFailureAnalyzer<EslConnectException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, EslConnectException cause) {
    return new FailureAnalysis(
        "Callflow cannot listen for calls: " + cause.getMessage(),
        "Stop the process that uses the address, or set the property callflow.listen.",
        cause);
  }
}
