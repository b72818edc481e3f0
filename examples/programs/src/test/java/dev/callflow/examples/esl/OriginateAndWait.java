package dev.callflow.examples.esl;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientOptions;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Places a call and reports whether it was answered. */
final class OriginateAndWait {

  public static void main(String[] args) {
    try (EslClient client =
        new EslClient(
                EslClientOptions.builder(
                        new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])))
                    .password("ClueCon")
                    .build())
            .start()) {
      if (!client.awaitConnected(Duration.ofMinutes(1))) {
        System.out.println("cannot connect to FreeSWITCH");
        return;
      }
      String answer =
          client.bgapi("originate", "loopback/5000/default &park()", Duration.ofSeconds(60));
      System.out.println(answer.startsWith("+OK ") ? "answered" : "not answered: " + answer);
    }
  }
}
