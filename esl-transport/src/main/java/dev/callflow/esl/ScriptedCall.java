package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import dev.callflow.esl.message.EslEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call controlled by a script that runs on its own virtual thread. */
final class ScriptedCall implements EslCallListener {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptedCall.class);

  private final EslCall call;
  private final Consumer<EslCall> script;

  private ScriptedCall(EslCall call, Consumer<EslCall> script) {
    this.call = call;
    this.script = script;
  }

  /** Starts the script and returns a listener that ignores all events. */
  static EslCallListener start(EslCall call, Consumer<EslCall> script) {
    ScriptedCall scripted = new ScriptedCall(call, script);
    call.runtime().start("esl-script-" + call.uuid(), scripted::run);
    return scripted;
  }

  private void run() {
    String cause = "NORMAL_TEMPORARY_FAILURE";
    try {
      script.accept(call);
      cause = "NORMAL_CLEARING";
    } catch (EslClosedException e) {
      LOG.debug("call {} ended before its script did", call.uuid(), e);
    } catch (RuntimeException e) {
      LOG.error("the script of call {} failed; hanging up", call.uuid(), e);
    } finally {
      call.hangup(cause);
    }
  }

  @Override
  public void event(EslEvent event) {}

  @Override
  public void ended(EslCallEnd end) {}
}
