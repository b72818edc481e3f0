package dev.callflow.examples.esl;

import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;

/** Handles calls and receives the events of each: the keys, and the hangup with its cause. */
final class TakeCalls implements EslCallListener {

  private final EslCall call;

  private TakeCalls(EslCall call) {
    this.call = call;
  }

  static EslServer start(int port) {
    return new EslServer(
            EslServerOptions.builder(new InetSocketAddress("127.0.0.1", port)).build(),
            TakeCalls::take)
        .start();
  }

  private static EslCallListener take(EslCall call) {
    call.execute("answer", "");
    call.execute("playback", "conference/conf-welcome.wav");
    return new TakeCalls(call);
  }

  @Override
  public void event(EslEvent event) {
    if (event.is("DTMF")) {
      System.out.println("key " + event.header("DTMF-Digit").orElse("?"));
      call.hangup("NORMAL_CLEARING");
    }
  }

  @Override
  public void ended(EslCallEnd end) {
    System.out.println("ended " + end.cause().orElse("for an unknown reason"));
  }
}
