package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.stream.Framing;
import dev.callflow.benchmarks.stream.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The call application on bare Netty. It sends the same commands as Callflow in response to the
 * same events, and does nothing more. It uses two event-loop threads.
 */
final class BareCalls {

  private static final String ROOM = "cf_0123456789abcdef0123456789abcdef";
  private static final int GREETING_REPLIES = 4;

  private static final ByteBuf GREETING =
      Sockets.constant(
          "connect\n\nlinger\n\nmyevents\n\n"
              + "event plain CHANNEL_EXECUTE_COMPLETE CUSTOM conference::maintenance\n\n");

  private static final ByteBuf LOGIN =
      Sockets.constant(
          "auth ClueCon\n\n"
              + "event plain BACKGROUND_JOB SHUTDOWN CUSTOM conference::maintenance\n\n");

  private static final String VARIABLES =
      "^^~hangup_after_conference=false~conference_enforce_security=false~conference_controls=none"
          + "~conference_enter_sound=tone_stream://v=-7;>=2;+=.1;%(300,0,523,659);v=-7;>=3;+=.1;"
          + "%(800,0,659,783)~conference_exit_sound=tone_stream://v=-7;>=2;+=.1;%(300,0,523,440);"
          + "v=-7;>=3;+=.1;%(800,0,349,440)~conference_max_members=0"
          + "~conference_moh_sound=local_stream://moh~confvar_callflow_account=acme"
          + "~confvar_callflow_conference=board";

  private BareCalls() {}

  static int start(int controlPort) {
    EventLoopGroup loops = Sockets.loops("calls", 2);
    Sockets.client(loops, Control::new).connect(Sockets.local(controlPort)).syncUninterruptibly();
    Channel listening = Sockets.listen(Sockets.loops("accept", 1), loops, Call::new);
    return Sockets.port(listening);
  }

  /** Reads the events of the conference and discards them. */
  private static final class Control extends Framing {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(LOGIN.duplicate());
    }

    @Override
    protected void frame(
        ChannelHandlerContext context, ByteBuf bytes, int start, int length, boolean bodiless) {}
  }

  private static final class Call extends Framing {

    private static final byte[] NAME = bytes("Event-Name: ");
    private static final byte[] APPLICATION_UUID = bytes("Application-UUID: ");
    private static final byte[] DIGIT = bytes("DTMF-Digit: ");

    private final StringBuilder keys = new StringBuilder();
    private int replies;
    private String channelData = "";
    private String awaited = "";
    private int step;

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(GREETING.duplicate());
    }

    @Override
    protected void frame(
        ChannelHandlerContext context, ByteBuf bytes, int start, int length, boolean bodiless) {
      if (bodiless) {
        if (replies++ == 0) {
          channelData = bytes.toString(start, length, StandardCharsets.UTF_8);
        } else if (replies == GREETING_REPLIES && !channelData.isEmpty()) {
          awaited = execute(context, "answer", "");
          context.flush();
        }
        return;
      }
      switch (value(bytes, start, length, NAME)) {
        case "CHANNEL_EXECUTE_COMPLETE" -> {
          if (value(bytes, start, length, APPLICATION_UUID).equals(awaited)) {
            next(context);
          }
        }
        case "DTMF" -> {
          String key = value(bytes, start, length, DIGIT);
          if (!key.equals("%23")) {
            keys.append(key);
          } else if (keys.toString().equals(CallSubjects.PIN)) {
            execute(context, "multiset", VARIABLES);
            execute(context, "conference", ROOM + "@default+flags{}");
            context.flush();
          }
        }
        case "CHANNEL_HANGUP_COMPLETE" ->
            context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), "exit\n\n"));
        default -> {}
      }
    }

    private void next(ChannelHandlerContext context) {
      step++;
      if (step == 1) {
        execute(context, "set", "digits_dialed_filter=.+");
        execute(context, "set", "playback_terminators=any");
        awaited = execute(context, "playback", "conference/conf-welcome.wav");
      } else if (step == 2) {
        awaited = execute(context, "playback", "conference/conf-enter_conf_pin.wav");
      }
      context.flush();
    }

    private static String execute(
        ChannelHandlerContext context, String application, String argument) {
      String id = UUID.randomUUID().toString();
      context.write(
          ByteBufUtil.writeUtf8(
              context.alloc(),
              "sendmsg\ncall-command: execute\nexecute-app-name: "
                  + application
                  + (argument.isEmpty() ? "" : "\nexecute-app-arg: " + argument)
                  + "\nEvent-UUID: "
                  + id
                  + "\nevent-lock: true\n\n"),
          context.voidPromise());
      return id;
    }

    /** Returns the value of a header of an event, without decoding it. */
    private static String value(ByteBuf bytes, int start, int length, byte[] header) {
      int end = start + length;
      for (int line = start; line < end; ) {
        int lf = bytes.indexOf(line, end, (byte) '\n');
        if (lf < 0) {
          return "";
        }
        if (startsWith(bytes, line, lf, header)) {
          int from = line + header.length;
          return bytes.toString(from, lf - from, StandardCharsets.UTF_8);
        }
        line = lf + 1;
      }
      return "";
    }

    private static boolean startsWith(ByteBuf bytes, int line, int end, byte[] header) {
      if (end - line < header.length) {
        return false;
      }
      for (int i = 0; i < header.length; i++) {
        if (bytes.getByte(line + i) != header[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
