package dev.callflow.esl;

import dev.callflow.esl.error.EslProtocolException;
import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.DisconnectNotice;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslEventFilter;
import dev.callflow.esl.message.EslEventView;
import dev.callflow.esl.message.EslHeaders;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.LogData;
import dev.callflow.esl.message.RudeRejection;
import dev.callflow.esl.message.UnknownMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the byte stream into frames (docs/spec/event-socket.md#decoder-grammar). Can stop and
 * resume at any byte, and examines each byte of the headers only once.
 *
 * <p>Most of the traffic consists of events, so the decoder creates no objects for an event except
 * the event itself, and none for events that the filter rejects.
 */
final class FrameDecoder extends ByteToMessageDecoder {

  private static final String EVENT_PLAIN = "text/event-plain";
  private static final int INITIAL_VIEW_BUFFER = 8 << 10;

  /**
   * A buffer larger than this is released after use, so that one large event does not occupy memory
   * permanently.
   */
  private static final int MAX_VIEW_BUFFER = 1 << 20;

  /**
   * The maximum size of a frame.
   *
   * @param head the maximum size of the headers in bytes; those of the answer to {@code connect}
   *     can take tens of kilobytes
   * @param body the maximum size of the body in bytes; listings can take tens of megabytes
   */
  record Limits(int head, int body) {

    static final Limits DEFAULT = new Limits(1 << 20, 64 << 20);
  }

  private final Limits limits;
  private final EslEventFilter filter;
  private final EslEventView view = new EslEventView();

  /**
   * The headers of the current frame, followed by an empty line; {@link #headers} reads this array.
   */
  private byte[] head = new byte[512];

  private EslHeaders headers = new EslHeaders(head, 0, head.length, false);
  private byte[] viewBuffer = new byte[0];
  private boolean inBody;
  private int scanned;
  private int headLength;
  private int bodyLength;

  FrameDecoder(Limits limits) {
    this(limits, EslEventFilter.ALL);
  }

  FrameDecoder(Limits limits, EslEventFilter filter) {
    this.limits = limits;
    this.filter = filter;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    inBody = inBody || readHead(in);
    if (inBody && in.readableBytes() >= bodyLength) {
      inBody = false;
      if (headers.is("Content-Type", EVENT_PLAIN)) {
        readEvent(in, out);
      } else {
        byte[] body = new byte[bodyLength];
        read(in, body, bodyLength);
        out.add(message(Arrays.copyOf(head, headLength), body));
      }
    }
  }

  private void readEvent(ByteBuf in, List<Object> out) {
    if (filter == EslEventFilter.ALL) {
      byte[] body = new byte[bodyLength];
      read(in, body, bodyLength);
      out.add(EslEvent.of(EslEvent.Format.PLAIN, body));
      return;
    }
    if (viewBuffer.length < bodyLength + 2) {
      viewBuffer = new byte[Math.max(INITIAL_VIEW_BUFFER, bodyLength + bodyLength / 2 + 2)];
    }
    read(in, viewBuffer, bodyLength);
    viewBuffer[bodyLength] = '\n';
    viewBuffer[bodyLength + 1] = '\n';
    if (filter.wants(view.at(viewBuffer, bodyLength))) {
      out.add(view.keep());
    }
    if (viewBuffer.length > MAX_VIEW_BUFFER) {
      viewBuffer = new byte[0];
    }
  }

  /**
   * Copies bytes. For a buffer outside the heap, Netty's own method would create a view for each
   * copy.
   */
  private static void read(ByteBuf in, byte[] to, int length) {
    if (in.isDirect() && in.nioBufferCount() == 1) {
      in.internalNioBuffer(in.readerIndex(), length).get(to, 0, length);
      in.skipBytes(length);
    } else {
      in.readBytes(to, 0, length);
    }
  }

  private boolean readHead(ByteBuf in) {
    if (scanned == 0) {
      skipEmptyLines(in);
    }
    int end = headEnd(in);
    if (end < 0) {
      if (in.readableBytes() > limits.head()) {
        throw new EslProtocolException(
            "the headers exceed the limit of " + limits.head() + " bytes");
      }
      return false;
    }
    headLength = end - in.readerIndex();
    if (head.length < headLength + 1) {
      head = new byte[headLength + headLength / 2 + 1];
      headers = new EslHeaders(head, 0, head.length, false);
    }
    read(in, head, headLength);
    head[headLength] = '\n';
    in.skipBytes(emptyLine(in));
    scanned = 0;
    bodyLength = contentLength();
    return true;
  }

  private static void skipEmptyLines(ByteBuf in) {
    while (in.isReadable()) {
      byte next = in.getByte(in.readerIndex());
      if (next != '\n' && next != '\r') {
        return;
      }
      in.skipBytes(1);
    }
  }

  /** Finds the empty line that ends the headers; some proxies end this line with CR LF. */
  private int headEnd(ByteBuf in) {
    int from = in.readerIndex();
    int to = in.writerIndex();
    int i = from + scanned;
    while (i < to) {
      int lf = in.indexOf(i, to, (byte) '\n');
      if (lf < 0) {
        scanned = to - from;
        return -1;
      }
      if (lf + 1 >= to || in.getByte(lf + 1) == '\r' && lf + 2 >= to) {
        scanned = lf - from;
        return -1;
      }
      if (in.getByte(lf + 1) == '\n' || in.getByte(lf + 1) == '\r' && in.getByte(lf + 2) == '\n') {
        return lf + 1;
      }
      i = lf + 1;
    }
    return -1;
  }

  private static int emptyLine(ByteBuf in) {
    return in.getByte(in.readerIndex()) == '\r' ? 2 : 1;
  }

  private int contentLength() {
    int length = headers.number("Content-Length");
    if (length == EslHeaders.NO_NUMBER) {
      throw new EslProtocolException(
          "Content-Length is not a number, or occurs more than once with different values");
    }
    if (length > limits.body()) {
      throw new EslProtocolException(
          "a body of " + length + " bytes exceeds the limit of " + limits.body() + " bytes");
    }
    return length == EslHeaders.NO_HEADER ? 0 : length;
  }

  static EslMessage message(byte[] head, byte[] body) {
    EslHeaders outer = new EslHeaders(head, 0, head.length, false);
    String type = outer.first("Content-Type").orElse("").strip();
    return switch (type) {
      case "auth/request" -> new AuthRequest();
      case "command/reply" -> new CommandReply(isChannelData(outer) ? encoded(head) : outer);
      case "api/response" -> new ApiResponse(text(body));
      case EVENT_PLAIN -> EslEvent.of(EslEvent.Format.PLAIN, body);
      case "text/event-json" -> EslEvent.of(EslEvent.Format.JSON, body);
      case "text/event-xml" -> EslEvent.of(EslEvent.Format.XML, body);
      case "log/data" -> new LogData(outer, text(body));
      case "text/disconnect-notice" -> new DisconnectNotice(outer, text(body));
      case "text/rude-rejection" -> new RudeRejection();
      default -> new UnknownMessage(type, outer, text(body));
    };
  }

  /**
   * Only the answer to {@code connect} has percent-encoded values in the frame's own headers
   * (docs/spec/event-socket.md#messages).
   */
  private static boolean isChannelData(EslHeaders outer) {
    return outer.is("Event-Name", "CHANNEL_DATA");
  }

  private static EslHeaders encoded(byte[] head) {
    return new EslHeaders(head, 0, head.length, true);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
