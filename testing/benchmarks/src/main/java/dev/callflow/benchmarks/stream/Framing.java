package dev.callflow.benchmarks.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Splits the stream into frames and does nothing else, as the simplest relay would. Supports only
 * well-formed frame headers.
 */
public abstract class Framing extends ByteToMessageDecoder {

  private static final byte[] LENGTH = {'C', 'o', 'n', 't', 'e', 'n', 't', '-', 'L'};
  private static final int TO_NUMBER = "Content-Length: ".length();

  /** Creates a handler for one connection. */
  protected Framing() {}

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int length = 0;
    for (int line = start; ; ) {
      int end = in.indexOf(line, in.writerIndex(), (byte) '\n');
      if (end < 0) {
        return;
      }
      if (end == line) {
        int frame = end + 1 - start + length;
        if (in.readableBytes() >= frame) {
          in.skipBytes(frame);
          frame(context, in, start, frame, length == 0);
        }
        return;
      }
      if (isLength(in, line)) {
        for (int i = line + TO_NUMBER; i < end; i++) {
          length = length * 10 + in.getByte(i) - '0';
        }
      }
      line = end + 1;
    }
  }

  private static boolean isLength(ByteBuf in, int line) {
    for (int i = 0; i < LENGTH.length; i++) {
      if (in.getByte(line + i) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Handles a frame. The bytes are valid only during the call.
   *
   * @param context the connection
   * @param bytes the buffer that contains the frame
   * @param start the index of the first byte
   * @param length the length of the frame in bytes
   * @param bodiless whether the frame has no body; replies have none, events always have one
   */
  protected abstract void frame(
      ChannelHandlerContext context, ByteBuf bytes, int start, int length, boolean bodiless);
}
