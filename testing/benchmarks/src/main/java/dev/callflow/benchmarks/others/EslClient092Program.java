package dev.callflow.benchmarks.others;

import java.util.List;
import org.freeswitch.esl.client.inbound.Client;
import org.freeswitch.esl.client.inbound.InboundConnectionFailure;
import org.freeswitch.esl.client.outbound.AbstractOutboundClientHandler;
import org.freeswitch.esl.client.outbound.AbstractOutboundPipelineFactory;
import org.freeswitch.esl.client.outbound.SocketClient;
import org.freeswitch.esl.client.transport.SendMsg;
import org.freeswitch.esl.client.transport.event.EslEvent;
import org.jboss.netty.channel.Channel;
import org.jboss.netty.channel.ChannelHandlerContext;

/** The program with {@code org.freeswitch.esl.client} 0.9.2. */
final class EslClient092Program implements Program {

  private static final int SECONDS = 60;

  private final Client client = new Client();
  private final SocketClient server;

  EslClient092Program(int controlPort, int callPort) throws InboundConnectionFailure {
    client.connect("127.0.0.1", controlPort, "ClueCon", SECONDS);
    server =
        new SocketClient(
            callPort,
            new AbstractOutboundPipelineFactory() {
              @Override
              protected AbstractOutboundClientHandler makeHandler() {
                return new Call();
              }
            });
    server.start();
  }

  @Override
  public void muteAll(boolean on) {
    client.sendSyncApiCommand("conference", Commands.muteAll(on));
  }

  @Override
  public List<Participant> participants() {
    return Commands.participants(
        client.sendSyncApiCommand("conference", Commands.LIST).getBodyLines());
  }

  /** Does not wait for the server, whose {@code stop} returns only after all calls have ended. */
  @Override
  public void close() {
    client.close();
    Thread.ofPlatform().daemon().start(server::stop);
  }

  /** A call. The next step follows from the application that has completed. */
  private static final class Call extends AbstractOutboundClientHandler {

    @Override
    protected void handleConnectResponse(ChannelHandlerContext context, EslEvent event) {
      sendSyncSingleLineCommand(context.getChannel(), "myevents");
      execute(context.getChannel(), "answer", "");
    }

    @Override
    protected void handleEslEvent(ChannelHandlerContext context, EslEvent event) {
      if (!event.getEventName().equals("CHANNEL_EXECUTE_COMPLETE")) {
        return;
      }
      Channel channel = context.getChannel();
      switch (event.getEventHeaders().getOrDefault("Application", "")) {
        case "answer" -> execute(channel, "playback", Commands.WELCOME);
        case "playback" -> execute(channel, "play_and_get_digits", Commands.ASK_FOR_PIN);
        case "play_and_get_digits" -> {
          if (Commands.PIN.equals(event.getEventHeaders().get(Commands.ENTERED))) {
            execute(channel, "conference", Commands.CONFERENCE);
          } else {
            execute(channel, "hangup", "");
          }
        }
        default -> {}
      }
    }

    private void execute(Channel channel, String application, String argument) {
      SendMsg message = new SendMsg();
      message.addCallCommand("execute");
      message.addExecuteAppName(application);
      message.addExecuteAppArg(argument);
      sendSyncMultiLineCommand(channel, message.getMsgLines());
    }
  }
}
