package dev.callflow.examples.esl;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.util.List;

/** Prints each participant who enters or leaves a conference. */
final class FollowConferences implements EslClientListener {

  static EslClient start(int port) {
    return new EslClient(
            EslClientOptions.builder(new InetSocketAddress("127.0.0.1", port))
                .password("ClueCon")
                .events(List.of(), List.of("conference::maintenance"))
                // The filter runs before an event is copied; most events of a conference are
                // about talking.
                .eventFilter(
                    event -> event.is("Action", "add-member") || event.is("Action", "del-member"))
                .listener(new FollowConferences())
                .build())
        .start();
  }

  @Override
  public void event(EslEvent event) {
    System.out.println(
        event.header("Caller-Caller-ID-Name").orElse("unknown caller")
            + (event.header("Action").orElse("").equals("add-member") ? " enters " : " leaves ")
            + event.header("Conference-Name").orElse(""));
  }
}
