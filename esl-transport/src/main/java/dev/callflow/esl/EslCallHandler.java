package dev.callflow.esl;

import java.util.function.Consumer;

/** Takes calls that FreeSWITCH hands over. */
@FunctionalInterface
public interface EslCallHandler {

  /**
   * Takes a call; runs on a virtual thread of the call's connection. The listener receives what
   * happens to the call from the method's return on; nothing is lost meanwhile.
   *
   * @param call the call
   * @return receives what happens to it
   */
  EslCallListener handle(EslCall call);

  /**
   * Makes a handler that runs a script for each call, on a virtual thread of its own, and hangs up
   * when the script ends; a script that fails is logged, and its call hung up.
   *
   * @param script what to do with a call: for instance {@link EslCall#run} one thing after another
   * @return the handler; it receives no events
   */
  static EslCallHandler script(Consumer<EslCall> script) {
    return call -> ScriptedCall.start(call, script);
  }
}
