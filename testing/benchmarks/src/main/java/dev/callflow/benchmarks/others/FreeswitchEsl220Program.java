package dev.callflow.benchmarks.others;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.ServerConnectionListener;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;

/**
 * The program with {@code link.thingscloud:freeswitch-esl} 2.2.0, which cannot accept calls: the
 * dialplan has to let them into the conference.
 */
final class FreeswitchEsl220Program implements Program {

  private static final int SECONDS = 60;

  private final InboundClient client;
  private final String address;

  FreeswitchEsl220Program(int controlPort) throws InterruptedException {
    ServerOption server = new ServerOption("127.0.0.1", controlPort);
    address = server.addr();
    CountDownLatch opened = new CountDownLatch(1);
    client =
        InboundClient.newInstance(
            new InboundClientOption()
                .defaultPassword("ClueCon")
                .addServerOption(server)
                .serverConnectionListener(
                    new ServerConnectionListener() {
                      @Override
                      public void onOpened(ServerOption option) {
                        opened.countDown();
                      }

                      @Override
                      public void onClosed(ServerOption option) {}
                    }));
    client.start();
    if (!opened.await(SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not connected within " + SECONDS + " s");
    }
  }

  @Override
  public void muteAll(boolean on) {
    client.sendSyncApiCommand(address, "conference", Commands.muteAll(on));
  }

  @Override
  public List<Participant> participants() {
    return Commands.participants(
        client.sendSyncApiCommand(address, "conference", Commands.LIST).getBodyLines());
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
