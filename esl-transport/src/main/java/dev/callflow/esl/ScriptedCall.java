package dev.callflow.esl;

import dev.callflow.esl.error.EslClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call controlled by a script that runs on its own virtual thread. */
final class ScriptedCall {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptedCall.class);

  private ScriptedCall() {}

  static void start(EslCall call, Runnable script) {
    call.options().runtime().start("esl-script-" + call.uuid(), () -> run(call, script));
  }

  private static void run(EslCall call, Runnable script) {
    String cause = "NORMAL_TEMPORARY_FAILURE";
    try {
      script.run();
      cause = "NORMAL_CLEARING";
    } catch (EslClosedException e) {
      LOG.debug("call {} ended before its script did", call.uuid(), e);
    } catch (RuntimeException e) {
      LOG.error("the script of call {} failed; hanging up", call.uuid(), e);
    } finally {
      call.hangup(cause);
    }
  }
}
