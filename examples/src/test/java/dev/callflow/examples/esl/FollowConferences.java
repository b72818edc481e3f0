package dev.callflow.examples.esl;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.util.List;

/** Tells who comes into which room, and who leaves. */
final class FollowConferences implements EslClientListener {

  static EslClient start(int port) {
    return new EslClient(
            EslClientOptions.builder(new InetSocketAddress("127.0.0.1", port))
                .password("ClueCon")
                .events(List.of(), List.of("conference::maintenance"))
                // Asked before anything is copied: who talks when is most of what a room tells.
                .eventFilter(
                    event -> event.is("Action", "add-member") || event.is("Action", "del-member"))
                .listener(new FollowConferences())
                .build())
        .start();
  }

  @Override
  public void event(EslEvent event) {
    System.out.println(
        event.header("Caller-Caller-ID-Name").orElse("somebody")
            + (event.header("Action").orElse("").equals("add-member") ? " enters " : " leaves ")
            + event.header("Conference-Name").orElse(""));
  }
}
