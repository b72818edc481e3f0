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
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits the byte stream into frames (docs/spec/event-socket.md#decoder-grammar). Can stop and
 * resume at any byte, and examines each byte of the headers only once.
 *
 * <p>Most of the traffic consists of events, so the decoder creates no objects for an event except
 * the event itself, and none for events that the filter rejects. Between frames, a connection holds
 * no buffer.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {

  private static final String EVENT_PLAIN = "text/event-plain";

  /** The way in which FreeSWITCH writes the head of an event: the length between these two. */
  private static final byte[] BEFORE_LENGTH = ascii("Content-Length: ");

  private static final byte[] AFTER_LENGTH = ascii("\nContent-Type: text/event-plain\n\n");
  private static final int MAX_LENGTH_DIGITS = 8;

  /** Exceeds the 64 KiB that Netty reads at once, plus the rest of a usual frame. */
  private static final int CHUNK = 96 << 10;

  private static final byte[] NOTHING = {};

  /** The array from which the connections of a thread decode, in turn. */
  private static final FastThreadLocal<byte[]> CHUNKS = new FastThreadLocal<>();

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

  /** The beginning of a frame that has not arrived completely. */
  private byte[] kept = NOTHING;

  private int keptLength;

  /** The number of bytes of the frame in which the end of the headers has been searched. */
  private int scanned;

  /** The headers of the frame, unless they are those of an event as FreeSWITCH writes them. */
  private byte[] head = NOTHING;

  private int bodyStart;

  /** The length of the frame; 0 while its headers have not arrived. */
  private int frameLength;

  private boolean failed;

  FrameDecoder(Limits limits) {
    this(limits, EslEventFilter.ALL);
  }

  FrameDecoder(Limits limits, EslEventFilter filter) {
    this.limits = limits;
    this.filter = filter;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    byte[] idle = CHUNKS.getIfExists();
    byte[] chunk = idle == null ? new byte[CHUNK] : idle;
    CHUNKS.remove();
    try {
      if (!failed) {
        decode(context, in, chunk);
      }
    } catch (RuntimeException e) {
      failed = true;
      throw new DecoderException(e);
    } finally {
      CHUNKS.set(chunk);
      in.release();
    }
  }

  private void decode(ChannelHandlerContext context, ByteBuf in, byte[] chunk) {
    int arrived = in.readableBytes();
    int length = keptLength + arrived;
    byte[] bytes = chunk;
    if (length < frameLength || length > chunk.length) {
      reserve(length);
      bytes = kept;
    } else {
      System.arraycopy(kept, 0, chunk, 0, keptLength);
    }
    in.readBytes(bytes, keptLength, arrived);
    int at = 0;
    while (isComplete(bytes, at = startOfFrame(bytes, at, length), length)) {
      message(context, bytes, at);
      at += frameLength;
      frameLength = 0;
      scanned = 0;
    }
    keep(bytes, at, length);
  }

  /** Keeps the bytes from a position for the next read; those kept so far may be among them. */
  private void keep(byte[] bytes, int at, int length) {
    int left = length - at;
    if (left == 0) {
      kept = NOTHING;
    } else if (at > 0) {
      kept = Arrays.copyOfRange(bytes, at, length);
    } else if (bytes != kept) {
      reserve(left);
      System.arraycopy(bytes, keptLength, kept, keptLength, left - keptLength);
    }
    keptLength = left;
  }

  private void reserve(int capacity) {
    if (kept.length < capacity) {
      kept = Arrays.copyOf(kept, Math.max(capacity, keptLength * 2));
    }
  }

  /** Skips empty lines between frames. */
  private int startOfFrame(byte[] bytes, int from, int to) {
    int at = from;
    while (scanned == 0 && at < to && (bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }

  private boolean isComplete(byte[] bytes, int at, int to) {
    if (frameLength == 0 && !readEventHead(bytes, at, to)) {
      readHead(bytes, at, to);
    }
    return frameLength > 0 && to - at >= frameLength;
  }

  /** Reads a head that FreeSWITCH has written for an event; returns false if it is another one. */
  private boolean readEventHead(byte[] bytes, int at, int to) {
    int digits = at + BEFORE_LENGTH.length;
    if (to < digits || !Arrays.equals(bytes, at, digits, BEFORE_LENGTH, 0, BEFORE_LENGTH.length)) {
      return false;
    }
    int i = digits;
    int length = 0;
    while (i < to && i - digits < MAX_LENGTH_DIGITS && bytes[i] >= '0' && bytes[i] <= '9') {
      length = length * 10 + bytes[i] - '0';
      i++;
    }
    int end = i + AFTER_LENGTH.length;
    if (i == digits
        || to < end
        || !Arrays.equals(bytes, i, end, AFTER_LENGTH, 0, AFTER_LENGTH.length)) {
      return false;
    }
    head = NOTHING;
    frame(end - at, length);
    return true;
  }

  private void readHead(byte[] bytes, int at, int to) {
    int end = headEnd(bytes, at, to);
    if (end >= 0) {
      head = Arrays.copyOfRange(bytes, at, end);
      frame(end - at + (bytes[end] == '\r' ? 2 : 1), contentLength());
    } else if (to - at > limits.head()) {
      throw new EslProtocolException("the headers exceed the limit of " + limits.head() + " bytes");
    }
  }

  private void frame(int headLength, int bodyLength) {
    if (bodyLength > limits.body()) {
      throw new EslProtocolException(
          "a body of " + bodyLength + " bytes exceeds the limit of " + limits.body() + " bytes");
    }
    bodyStart = headLength;
    frameLength = headLength + bodyLength;
  }

  /** Finds the empty line that ends the headers; some proxies end this line with CR LF. */
  private int headEnd(byte[] bytes, int at, int to) {
    for (int i = at + scanned; i < to; i++) {
      if (bytes[i] == '\n') {
        if (i + 1 >= to || bytes[i + 1] == '\r' && i + 2 >= to) {
          scanned = i - at;
          return -1;
        }
        if (bytes[i + 1] == '\n' || bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
          return i + 1;
        }
      }
    }
    scanned = to - at;
    return -1;
  }

  private void message(ChannelHandlerContext context, byte[] bytes, int at) {
    int from = at + bodyStart;
    int to = at + frameLength;
    if (head.length > 0 && !headers().is("Content-Type", EVENT_PLAIN)) {
      context.fireChannelRead(message(head, Arrays.copyOfRange(bytes, from, to)));
    } else if (filter == EslEventFilter.ALL) {
      context.fireChannelRead(
          EslEvent.of(EslEvent.Format.PLAIN, Arrays.copyOfRange(bytes, from, to)));
    } else if (filter.wants(view.at(bytes, from, to))) {
      context.fireChannelRead(view.keep());
    }
  }

  private EslHeaders headers() {
    return new EslHeaders(head, 0, head.length, false);
  }

  private int contentLength() {
    int length = headers().number("Content-Length");
    if (length == EslHeaders.NO_NUMBER) {
      throw new EslProtocolException(
          "Content-Length is not a number, or occurs more than once with different values");
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
