package dev.callflow.esl;

/** Takes calls that FreeSWITCH hands over. */
@FunctionalInterface
public interface EslCallHandler {

  /**
   * A call has come; runs on a virtual thread of the call's connection. What happens to the call is
   * told to the listener from its return on, nothing is lost meanwhile.
   *
   * @param call the call
   * @return who is told what happens to it
   */
  EslCallListener handle(EslCall call);
}
