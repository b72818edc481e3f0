package dev.callflow.examples.esl;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.util.List;

/** Prints the members who enter and leave conferences. */
final class FollowConferences implements EslClientListener {

  static EslClient start(int port) {
    return new EslClient(
            EslClientOptions.builder(new InetSocketAddress("127.0.0.1", port))
                .password("ClueCon")
                .events(List.of(), List.of("conference::maintenance"))
                // Skips talking events, which are most of the traffic of a conference.
                .eventFilter(
                    event -> event.is("Action", "add-member") || event.is("Action", "del-member"))
                .listener(new FollowConferences())
                .build())
        .start();
  }

  @Override
  public void event(EslEvent event) {
    System.out.println(
        event.header("Caller-Caller-ID-Name").orElse("a member")
            + (event.header("Action").orElse("").equals("add-member") ? " enters " : " leaves ")
            + event.header("Conference-Name").orElse(""));
  }
}
