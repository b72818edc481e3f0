package dev.callflow.esl;

import dev.callflow.esl.message.EslEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a script for each call, on a virtual thread of its own. */
record ScriptedCalls(Consumer<EslCall> script) implements EslCallHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptedCalls.class);

  @Override
  public EslCallListener handle(EslCall call) {
    call.runtime().start("esl-script-" + call.uuid(), () -> run(call));
    return new Unheard();
  }

  private void run(EslCall call) {
    String cause = "NORMAL_TEMPORARY_FAILURE";
    try {
      script.accept(call);
      cause = "NORMAL_CLEARING";
    } catch (EslClosedException e) {
      LOG.debug("{} has ended before its script", call.uuid(), e);
    } catch (RuntimeException e) {
      LOG.error("the script of {} failed", call.uuid(), e);
    } finally {
      call.hangup(cause);
    }
  }

  private record Unheard() implements EslCallListener {
    @Override
    public void event(EslEvent event) {}

    @Override
    public void ended(EslCallEnd end) {}
  }
}
