package dev.callflow.esl;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Handles calls that FreeSWITCH hands over. */
@FunctionalInterface
public interface EslCallHandler {

  /**
   * Handles a new call, on the event loop of the call's connection. Must not block, since other
   * calls share the event loop; code that blocks belongs into a {@linkplain #script script}.
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
   *     EslCall#run}; may block
   * @return the handler
   */
  static EslCallHandler script(Consumer<EslCall> script) {
    return call -> {
      ScriptedCall.start(call, () -> script.accept(call));
      return EslCallListener.NONE;
    };
  }

  /**
   * Returns a handler that runs a script as {@link #script(Consumer)} does, and lets it read the
   * events of the call.
   *
   * @param script the code to run for each call; it must read the events for as long as it runs
   * @return the handler
   */
  static EslCallHandler script(BiConsumer<EslCall, EslCallEvents> script) {
    return call -> {
      EslCallEvents events = new EslCallEvents(call);
      ScriptedCall.start(call, () -> script.accept(call, events));
      return events.listener();
    };
  }
}
