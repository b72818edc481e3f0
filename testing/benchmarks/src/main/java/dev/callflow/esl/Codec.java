package dev.callflow.esl;

import dev.callflow.esl.message.EslEventFilter;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.NullMarked;

/**
 * Gives the benchmarks access to the internal codec, so that they can measure it without a socket.
 */
@NullMarked
public final class Codec {

  private Codec() {}

  /**
   * Creates a decoder like the one that each connection uses.
   *
   * @param filter decides which events to decode
   * @return the decoder
   */
  public static ChannelHandler decoder(EslEventFilter filter) {
    return new FrameDecoder(FrameDecoder.Limits.DEFAULT, filter);
  }
}
