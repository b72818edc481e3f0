package dev.callflow.esl;

import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.DisconnectNotice;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslHeaders;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.LogData;
import dev.callflow.esl.message.RudeRejection;
import dev.callflow.esl.message.UnknownMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames (protocol section 11). Can stop and go on at any byte, and looks at
 * each byte of a head once.
 */
final class FrameDecoder extends ByteToMessageDecoder {

  private final FrameLimits limits;
  private int scanned;
  private byte @Nullable [] head;
  private int bodyLength;

  FrameDecoder(FrameLimits limits) {
    this.limits = limits;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    byte[] block = head != null ? head : readHead(in);
    head = block;
    if (block != null && in.readableBytes() >= bodyLength) {
      byte[] body = new byte[bodyLength];
      in.readBytes(body);
      head = null;
      out.add(message(block, body));
    }
  }

  private byte @Nullable [] readHead(ByteBuf in) {
    if (scanned == 0) {
      skipEmptyLines(in);
    }
    int end = headEnd(in);
    if (end < 0) {
      if (in.readableBytes() > limits.head()) {
        throw new EslProtocolException(
            "headers of more than " + limits.head() + " bytes without an end");
      }
      return null;
    }
    byte[] bytes = new byte[end - in.readerIndex()];
    in.readBytes(bytes);
    in.skipBytes(emptyLine(in));
    scanned = 0;
    bodyLength = contentLength(new EslHeaders(bytes, 0, bytes.length, false));
    return bytes;
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

  /** Finds the line end before the empty line; CR may stand before LF there (proxies write it). */
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

  private int contentLength(EslHeaders headers) {
    String length = null;
    for (String value : headers.all("Content-Length")) {
      String digits = value.strip();
      if (!digits.matches("\\d{1,18}")) {
        throw new EslProtocolException("a Content-Length that is no number of bytes");
      }
      if (length != null && Long.parseLong(length) != Long.parseLong(digits)) {
        throw new EslProtocolException("a frame with two different lengths");
      }
      length = digits;
    }
    long bytes = length == null ? 0 : Long.parseLong(length);
    if (bytes > limits.body()) {
      throw new EslProtocolException("a body of " + bytes + " bytes is more than is allowed");
    }
    return (int) bytes;
  }

  static EslMessage message(byte[] head, byte[] body) {
    EslHeaders outer = new EslHeaders(head, 0, head.length, false);
    String type = outer.first("Content-Type").orElse("").strip();
    return switch (type) {
      case "auth/request" -> new AuthRequest();
      case "command/reply" -> new CommandReply(isChannelData(outer) ? encoded(head) : outer);
      case "api/response" -> new ApiResponse(text(body));
      case "text/event-plain" -> EslEvent.of(EslEvent.Format.PLAIN, body);
      case "text/event-json" -> EslEvent.of(EslEvent.Format.JSON, body);
      case "text/event-xml" -> EslEvent.of(EslEvent.Format.XML, body);
      case "log/data" -> new LogData(outer, text(body));
      case "text/disconnect-notice" -> new DisconnectNotice(outer, text(body));
      case "text/rude-rejection" -> new RudeRejection();
      default -> new UnknownMessage(type, outer, text(body));
    };
  }

  /** Only the answer to {@code connect} has encoded values outside of a body (section 2.1). */
  private static boolean isChannelData(EslHeaders outer) {
    return outer.first("Event-Name").filter("CHANNEL_DATA"::equals).isPresent();
  }

  private static EslHeaders encoded(byte[] head) {
    return new EslHeaders(head, 0, head.length, true);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
