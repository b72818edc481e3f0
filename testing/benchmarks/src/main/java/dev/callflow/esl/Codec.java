package dev.callflow.esl;

import dev.callflow.esl.message.EslEventFilter;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.NullMarked;

/** Lends the codec, which is hidden, to the benchmarks: they measure it without a socket. */
@NullMarked
public final class Codec {

  private Codec() {}

  /**
   * Makes a decoder, as each connection has one.
   *
   * @param filter which events are wanted
   * @return the handler
   */
  public static ChannelHandler decoder(EslEventFilter filter) {
    return new FrameDecoder(FrameDecoder.Limits.DEFAULT, filter);
  }
}
