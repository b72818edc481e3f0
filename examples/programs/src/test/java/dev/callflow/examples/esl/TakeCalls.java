package dev.callflow.examples.esl;

import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallEvents;
import dev.callflow.esl.EslCallHandler;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Reads the events of each call: the keys, and the hangup with its cause. */
final class TakeCalls {

  static EslServer start(int port) {
    return new EslServer(
            EslServerOptions.builder(new InetSocketAddress("127.0.0.1", port)).build(),
            EslCallHandler.script(TakeCalls::take))
        .start();
  }

  private static void take(EslCall call, EslCallEvents events) {
    call.execute("answer", "");
    call.execute("playback", "conference/conf-welcome.wav");
    while (events.end().isEmpty()) {
      events
          .next(Duration.ofMinutes(1))
          .filter(event -> event.is("DTMF"))
          .ifPresent(key -> pressed(call, key));
    }
    System.out.println("ended " + events.end().flatMap(EslCallEnd::cause).orElse("?"));
  }

  private static void pressed(EslCall call, EslEvent key) {
    System.out.println("key " + key.header("DTMF-Digit").orElse("?"));
    call.hangup("NORMAL_CLEARING");
  }
}
