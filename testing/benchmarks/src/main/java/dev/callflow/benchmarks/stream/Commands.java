package dev.callflow.benchmarks.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** FreeSWITCH's side of a connection. Splits the input into commands, and flushes the replies. */
public abstract class Commands extends ByteToMessageDecoder {

  /** Creates a handler for one connection. */
  protected Commands() {}

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int lf = in.indexOf(start, in.writerIndex(), (byte) '\n');
    while (lf >= 0 && lf + 1 < in.writerIndex()) {
      if (in.getByte(lf + 1) == '\n') {
        String command = in.toString(start, lf - start, StandardCharsets.UTF_8);
        in.readerIndex(lf + 2);
        command(context, command);
        return;
      }
      lf = in.indexOf(lf + 1, in.writerIndex(), (byte) '\n');
    }
  }

  /**
   * Answers a command.
   *
   * @param context the connection; write the reply to it without flushing
   * @param command the command, without its empty line
   */
  protected abstract void command(ChannelHandlerContext context, String command);

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    context.flush();
    super.channelReadComplete(context);
  }
}
