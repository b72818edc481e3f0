package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.stream.Commands;
import dev.callflow.benchmarks.stream.Sockets;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * FreeSWITCH's side of callers who press a PIN, enter a conference and leave at once. Prompts take
 * no time: what is left is the application's.
 */
final class Exchange implements AutoCloseable {

  private static final int MAX_AT_ONCE = 2_000;
  private static final long MAX_SECONDS = 120;
  private static final String REPLY = "Content-Type: command/reply\nReply-Text: +OK\n\n";
  private static final String PROMPT_FOR_KEYS = "conf-enter_conf_pin";
  private static final List<String> KEYS = List.of("2", "3", "4", "%23");

  private final Told told = new Told();
  private final EventLoopGroup loops = Sockets.loops("exchange", 1);
  private final Channel listening = Sockets.listen(loops, loops, Control::new);
  private final AtomicInteger members = new AtomicInteger();
  private volatile @Nullable Channel control;

  /** Where the application's control connection goes. */
  int controlPort() {
    return Sockets.port(listening);
  }

  /**
   * What came of a round.
   *
   * @param entered how many came into the conference
   * @param seconds from the first call to the end of the last
   * @param keyMicros from the last key to the next command, for each call
   */
  record Round(int entered, double seconds, double[] keyMicros) {
    double percentile(double share) {
      return Cost.percentile(keyMicros.clone(), share);
    }
  }

  /** Somebody calls and stays, so that nobody is ever alone in the conference. */
  void hold(int port) throws InterruptedException {
    Calls calls = new Calls(1, true);
    calls.call(port);
    calls.awaitEntered();
  }

  /** Has people call, a new one as soon as one has gone. */
  Round oneAfterTheOther(int port, int calls, int atOnce) throws InterruptedException {
    return new Calls(calls, false).place(port, atOnce, 0);
  }

  /** Has people call evenly, whatever becomes of the others. */
  Round evenly(int port, int calls, double perSecond) throws InterruptedException {
    return new Calls(calls, false).place(port, MAX_AT_ONCE, perSecond);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static void send(ChannelHandlerContext context, String text) {
    context.write(ByteBufUtil.writeUtf8(context.alloc(), text), context.voidPromise());
  }

  private void tellControl(String event) {
    Channel to = control;
    if (to != null) {
      to.writeAndFlush(ByteBufUtil.writeUtf8(to.alloc(), event), to.voidPromise());
    }
  }

  /** The calls of a round. */
  private final class Calls {

    private final int wanted;
    private final boolean stay;
    private final double[] keyMicros;
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger timed = new AtomicInteger();
    private final Semaphore free = new Semaphore(0);
    private final Semaphore in = new Semaphore(0);

    Calls(int wanted, boolean stay) {
      this.wanted = wanted;
      this.stay = stay;
      keyMicros = new double[wanted];
    }

    Round place(int port, int atOnce, double perSecond) throws InterruptedException {
      free.release(atOnce);
      long start = System.nanoTime();
      for (int i = 0; i < wanted; i++) {
        if (perSecond > 0) {
          long due = start + (long) (i / perSecond * 1e9);
          for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
        }
        acquire(free, 1);
        call(port);
      }
      acquire(free, atOnce);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (timed.get() != wanted) {
        throw new IllegalStateException(timed + " of " + wanted + " calls were asked for keys");
      }
      return new Round(entered.get(), seconds, keyMicros);
    }

    void awaitEntered() throws InterruptedException {
      acquire(in, wanted);
    }

    private void acquire(Semaphore permits, int count) throws InterruptedException {
      if (!permits.tryAcquire(count, MAX_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "after %d s only %d of %d calls were in".formatted(MAX_SECONDS, entered.get(), wanted));
      }
    }

    void call(int port) {
      Sockets.client(loops, () -> new Call(this))
          .connect(Sockets.local(port))
          .addListener((ChannelFuture connecting) -> {
            if (!connecting.isSuccess()) {
              free.release();
            }
          });
    }
  }

  /** One call, as the application's connection shows it. */
  private final class Call extends Commands {

    private final Calls calls;
    private final String uuid = UUID.randomUUID().toString();
    private final int member = members.incrementAndGet();
    private long pressed;

    Call(Calls calls) {
      this.calls = calls;
    }

    @Override
    protected void command(ChannelHandlerContext context, String command) {
      if (pressed != 0) {
        calls.keyMicros[calls.timed.getAndIncrement()] = (System.nanoTime() - pressed) / 1e3;
        pressed = 0;
      }
      if (command.equals("connect")) {
        send(context, told.channelData(uuid));
      } else if (command.startsWith("sendmsg")) {
        send(context, REPLY);
        execute(
            context,
            value(command, "execute-app-name"),
            value(command, "execute-app-arg"),
            value(command, "Event-UUID"));
      } else {
        send(context, REPLY);
        if (command.equals("exit")) {
          context.flush();
          context.close();
        }
      }
    }

    private static String value(String command, String header) {
      int start = command.indexOf(header + ": ");
      if (start < 0) {
        return "";
      }
      int end = command.indexOf('\n', start);
      return command.substring(start + header.length() + 2, end < 0 ? command.length() : end);
    }

    private void execute(
        ChannelHandlerContext context, String application, String argument, String id) {
      send(context, told.execute(uuid, application, id));
      if (application.equals("conference")) {
        enter(context, argument.substring(0, argument.indexOf('@')), id);
      } else if (argument.contains(PROMPT_FOR_KEYS)) {
        send(context, told.key(uuid, "1"));
        send(context, told.complete(uuid, application, id));
        KEYS.forEach(key -> send(context, told.key(uuid, key)));
        pressed = System.nanoTime();
      } else {
        send(context, told.complete(uuid, application, id));
      }
    }

    private void enter(ChannelHandlerContext context, String room, String id) {
      String added = told.added(uuid, room, member);
      tellControl(added);
      send(context, added);
      calls.entered.incrementAndGet();
      calls.in.release();
      if (!calls.stay) {
        String removed = told.removed(uuid, room, member);
        tellControl(removed);
        send(context, removed);
        send(context, told.complete(uuid, "conference", id));
        send(context, told.hangup(uuid));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      calls.free.release();
      super.channelInactive(context);
    }
  }

  /** The connection by which the application hears of the conference. */
  private final class Control extends Commands {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      control = context.channel();
      send(context, "Content-Type: auth/request\n\n");
      context.flush();
    }

    @Override
    protected void command(ChannelHandlerContext context, String command) {
      if (command.startsWith("api")) {
        send(context, "Content-Type: api/response\nContent-Length: 4\n\nfs1\n");
      } else if (command.startsWith("bgapi")) {
        job(context, command.substring(command.indexOf("Job-UUID: ") + "Job-UUID: ".length()));
      } else {
        send(context, REPLY);
      }
    }

    private void job(ChannelHandlerContext context, String id) {
      String body = "Event-Name: BACKGROUND_JOB\nJob-UUID: " + id + "\nContent-Length: 2\n\n[]";
      send(
          context,
          "Content-Type: command/reply\nReply-Text: +OK Job-UUID: "
              + id
              + "\nJob-UUID: "
              + id
              + "\n\nContent-Length: "
              + body.length()
              + "\nContent-Type: text/event-plain\n\n"
              + body);
    }
  }
}
