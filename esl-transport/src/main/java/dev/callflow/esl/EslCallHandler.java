package dev.callflow.esl;

import java.util.function.Consumer;

/** Handles calls that FreeSWITCH hands over. */
@FunctionalInterface
public interface EslCallHandler {

  /**
   * Handles a new call, on a virtual thread of the call's connection. Events that arrive while this
   * method runs are delivered to the returned listener afterwards.
   *
   * @param call the call
   * @return the listener for the call's events and its end
   */
  EslCallListener handle(EslCall call);

  /**
   * Returns a handler that runs a script on a new virtual thread for each call and hangs up when
   * the script ends. If the script fails, the handler logs the failure and hangs up. The script
   * receives no events.
   *
   * @param script the code to run for each call, for instance a sequence of calls to {@link
   *     EslCall#run}
   * @return the handler
   */
  static EslCallHandler script(Consumer<EslCall> script) {
    return call -> ScriptedCall.start(call, script);
  }
}
