package dev.callflow.benchmarks.decode;

import dev.callflow.benchmarks.stream.Recording;
import java.util.Map;
import org.freeswitch.esl.client.IEslEventListener;
import org.freeswitch.esl.client.inbound.Client;
import org.freeswitch.esl.client.inbound.InboundConnectionFailure;
import org.freeswitch.esl.client.transport.event.EslEvent;
import org.freeswitch.esl.client.transport.message.EslFrameDecoder;
import org.freeswitch.esl.client.transport.message.EslMessage;
import org.jboss.netty.buffer.ChannelBuffers;
import org.jboss.netty.handler.codec.embedder.DecoderEmbedder;

/** {@code org.freeswitch.esl.client} 0.9.2, the first result of a search on Maven Central. */
final class EslClient092 {

  private static final int SECONDS = 5;

  private EslClient092() {}

  private static void handle(Handled handled, EslEvent event) {
    Map<String, String> headers = event.getEventHeaders();
    handled.event(
        headers.get(Handled.NAME), headers.get(Handled.CHANNEL), headers.get(Handled.NUMBER));
  }

  /** The client's decoder, configured as in its pipeline. */
  static final class InMemory extends Decoding {

    private static final int CHUNK = 64 << 10;
    private static final int HEADER_LIMIT = 8092;

    private final byte[] bytes = Recording.PLAIN.events();
    private final DecoderEmbedder<EslMessage> decoder =
        new DecoderEmbedder<>(new EslFrameDecoder(HEADER_LIMIT));

    @Override
    void pass() {
      for (int i = 0; i < bytes.length; i += CHUNK) {
        decoder.offer(ChannelBuffers.wrappedBuffer(bytes, i, Math.min(CHUNK, bytes.length - i)));
        for (EslMessage message = decoder.poll(); message != null; message = decoder.poll()) {
          handle(handled, new EslEvent(message));
        }
      }
    }
  }

  /** The client on a socket. */
  static final class OnSocket implements SocketReceiver, IEslEventListener {

    private final Handled handled = new Handled();
    private final Client client = new Client();

    OnSocket(int port) {
      client.addEventListener(this);
      try {
        client.connect("127.0.0.1", port, "ClueCon", SECONDS);
      } catch (InboundConnectionFailure e) {
        throw new IllegalStateException(e);
      }
      client.setEventSubscriptions("plain", "all");
    }

    @Override
    public void eventReceived(EslEvent event) {
      handle(handled, event);
    }

    @Override
    public void backgroundJobResultReceived(EslEvent event) {
      handle(handled, event);
    }

    @Override
    public void play(int times) {
      client.sendSyncApiCommand("play", "plain " + times);
    }

    @Override
    public Handled handled() {
      return handled;
    }
  }
}
