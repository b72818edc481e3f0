package dev.callflow.examples.esl;

import dev.callflow.esl.EslCallHandler;
import dev.callflow.esl.EslServer;
import dev.callflow.esl.EslServerOptions;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Asks each caller for four digits. Each call runs sequential code on a thread of its own. */
final class PlayAndCollect {

  private static final String PIN =
      "4 4 3 5000 # conference/conf-pin.wav conference/conf-bad-pin.wav pin \\d+ 2000";

  static EslServer start(int port) {
    return new EslServer(
            EslServerOptions.builder(new InetSocketAddress("127.0.0.1", port)).build(),
            EslCallHandler.script(call -> {
              call.run("answer", "", Duration.ofMinutes(1));
              EslEvent result = call.run("play_and_get_digits", PIN, Duration.ofMinutes(2));
              System.out.println("entered " + result.variable("pin").orElse("nothing"));
              call.run("playback", "conference/conf-goodbye.wav", Duration.ofMinutes(1));
            }))
        .start();
  }
}
