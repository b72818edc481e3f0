package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.process.Cost;
import dev.callflow.benchmarks.stream.Commands;
import dev.callflow.benchmarks.stream.Sockets;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * FreeSWITCH's side of calls whose callers press a PIN, enter a conference and hang up immediately.
 * Prompts take no time, so only the application's time is measured. A round fails if the
 * application ends a call before it is in the conference.
 */
final class Exchange implements AutoCloseable {

  private static final int MAX_AT_ONCE = 2_000;
  private static final int CALLER = 2_000_000;
  static final int FIRST_NUMBER = 5_000;

  /** The number of calls that are on their way into conferences where they stay. */
  private static final int AT_ONCE = 200;

  private static final long MAX_SECONDS = 120;
  private static final int MAX_TEXT = 60;
  private static final String REPLY = "Content-Type: command/reply\nReply-Text: +OK\n\n";
  private static final String KILL = "api uuid_kill ";
  private static final String PROMPT_FOR_KEYS = "conf-enter_conf_pin";
  private static final List<String> KEYS = List.of("2", "3", "4", "%23");

  private final int rooms;
  private final RecordedEvents events = new RecordedEvents();

  /** Used by the event loop. */
  private final SwitchRooms inRooms = new SwitchRooms();

  private final EventLoopGroup loops = Sockets.loops("exchange", 1);
  private final Channel listening = Sockets.listen(loops, loops, Control::new);
  private final AtomicInteger members = new AtomicInteger();
  private final Queue<Leaving> staying = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Channel control;

  /** Creates an exchange whose callers all dial the same number. */
  Exchange() {
    this(1);
  }

  /** Creates an exchange whose callers dial the given number of numbers in turn. */
  Exchange(int rooms) {
    this.rooms = rooms;
  }

  /** Returns the port for the application's control connection. */
  int controlPort() {
    return Sockets.port(listening);
  }

  /**
   * The result of a round.
   *
   * @param entered the number of callers who entered the conference
   * @param seconds the time from the start of the first call to the end of the last one, in seconds
   * @param keyMicros the time between the last key press and the next command, for each call, in
   *     microseconds
   */
  record Round(int entered, double seconds, double[] keyMicros) {
    double percentile(double share) {
      return Cost.percentile(keyMicros.clone(), share);
    }
  }

  /**
   * Places a call that stays in the conference, so that the conference is never empty and no later
   * caller is alone in it.
   */
  void hold(int port) throws InterruptedException {
    hold(port, 1);
  }

  /** Places calls that stay in their conferences, and waits until all have entered. */
  void hold(int port, int count) throws InterruptedException {
    for (int left = count; left > 0; left -= AT_ONCE) {
      Calls calls = new Calls(Math.min(left, AT_ONCE), true);
      for (int i = 0; i < calls.total; i++) {
        calls.call(port);
      }
      calls.awaitEntered();
    }
  }

  /** Hangs up the calls that are in conferences. */
  void hangUp() {
    for (Leaving next = staying.poll(); next != null; next = staying.poll()) {
      Leaving leaving = next;
      leaving
          .context()
          .executor()
          .execute(() -> {
            leaving.call().callerHangsUp(leaving.context());
            leaving.context().flush();
          });
    }
  }

  /** Places calls, each as soon as an earlier one has ended. */
  Round oneAfterTheOther(int port, int calls, int atOnce) throws InterruptedException {
    return new Calls(calls, false).place(port, atOnce, 0);
  }

  /** Places calls at a constant rate, whether or not earlier calls have ended. */
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

  private static String apiResponse(String text) {
    return "Content-Type: api/response\nContent-Length: " + text.length() + "\n\n" + text;
  }

  private void sendToControl(String event) {
    Channel to = control;
    if (to != null) {
      to.writeAndFlush(ByteBufUtil.writeUtf8(to.alloc(), event), to.voidPromise());
    }
  }

  /** The calls of a round. */
  private final class Calls {

    private final int total;
    private final boolean stay;
    private final double[] keyMicros;
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger timed = new AtomicInteger();
    private final Semaphore free = new Semaphore(0);
    private final Semaphore in = new Semaphore(0);
    private final Set<Call> open = ConcurrentHashMap.newKeySet();
    private final LostCalls lost = new LostCalls();

    Calls(int total, boolean stay) {
      this.total = total;
      this.stay = stay;
      keyMicros = new double[total];
    }

    Round place(int port, int atOnce, double perSecond) throws InterruptedException {
      free.release(atOnce);
      long start = System.nanoTime();
      for (int i = 0; i < total; i++) {
        if (perSecond > 0) {
          long scheduled = start + (long) (i / perSecond * 1e9);
          for (long left = scheduled - System.nanoTime();
              left > 0;
              left = scheduled - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
        }
        acquire(free, 1);
        call(port);
      }
      acquire(free, atOnce);
      double seconds = (System.nanoTime() - start) / 1e9;
      lost.check(total);
      if (timed.get() != total) {
        throw new IllegalStateException(
            "only " + timed + " of " + total + " calls continued after the last key press");
      }
      return new Round(entered.get(), seconds, keyMicros);
    }

    void awaitEntered() throws InterruptedException {
      acquire(in, total);
      lost.check(total);
    }

    private void acquire(Semaphore permits, int count) throws InterruptedException {
      if (!permits.tryAcquire(count, MAX_SECONDS, TimeUnit.SECONDS)) {
        lost.check(total);
        Map<String, Integer> steps = new HashMap<>();
        open.forEach(call -> steps.merge("open since \"" + call.lastStep + "\"", 1, Integer::sum));
        throw new IllegalStateException(
            "waited %d s for calls to enter the conference or to end; %d of %d have entered; %s"
                .formatted(MAX_SECONDS, entered.get(), total, LostCalls.describe(steps)));
      }
    }

    void call(int port) {
      Sockets.client(loops, () -> new Call(this))
          .connect(Sockets.local(port))
          .addListener((ChannelFuture connecting) -> {
            if (!connecting.isSuccess()) {
              ended("refused the connection");
            }
          });
    }

    private void ended(String lostHow) {
      if (!lostHow.isEmpty()) {
        lost.add(lostHow);
        in.release();
      }
      free.release();
    }
  }

  /** A call that is in a conference and can hang up. */
  private record Leaving(Call call, ChannelHandlerContext context) {}

  /** The application {@code conference} of a call. */
  private record Inside(String room, String id) {}

  /** FreeSWITCH's side of one call. */
  private final class Call extends Commands {

    private final Calls calls;
    private final String uuid = UUID.randomUUID().toString();
    private final int member = members.incrementAndGet();
    private volatile String lastStep = "connected";
    private @Nullable Inside inside;
    private boolean entered;
    private boolean hungUp;
    private String lostHow = "closed the connection";
    private long pressed;

    Call(Calls calls) {
      this.calls = calls;
      calls.open.add(this);
    }

    @Override
    protected void command(ChannelHandlerContext context, String command) {
      if (pressed != 0) {
        calls.keyMicros[calls.timed.getAndIncrement()] = (System.nanoTime() - pressed) / 1e3;
        pressed = 0;
      }
      if (command.equals("connect")) {
        send(context, events.channelData(uuid, dialled(), "1" + (CALLER + member)));
      } else if (command.startsWith("sendmsg")) {
        send(context, REPLY);
        if (!hungUp) {
          execute(
              context,
              value(command, "execute-app-name"),
              value(command, "execute-app-arg"),
              value(command, "Event-UUID"));
        }
      } else if (command.startsWith(KILL)) {
        send(context, apiResponse("+OK\n"));
        String cause = command.substring(command.lastIndexOf(' ') + 1);
        lostHow = "hung up with " + cause;
        hangUp(context, cause);
      } else if (command.startsWith("api ")) {
        send(context, apiResponse("+OK\n"));
      } else {
        send(context, REPLY);
        if (command.equals("exit")) {
          context.flush();
          context.close();
        }
      }
    }

    private String dialled() {
      return String.valueOf(FIRST_NUMBER + member % rooms);
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
      String step = application + " " + argument;
      lastStep = step.substring(0, Math.min(step.length(), MAX_TEXT));
      send(context, events.execute(uuid, application, id));
      if (application.equals("conference")) {
        enter(context, new Inside(argument.substring(0, argument.indexOf('@')), id));
      } else if (argument.contains(PROMPT_FOR_KEYS)) {
        send(context, events.key(uuid, "1"));
        send(context, events.complete(uuid, application, id));
        KEYS.forEach(key -> send(context, events.key(uuid, key)));
        pressed = System.nanoTime();
      } else {
        send(context, events.complete(uuid, application, id));
      }
    }

    private void enter(ChannelHandlerContext context, Inside conference) {
      SwitchRooms.Place place = inRooms.enter(conference.room, uuid, member);
      if (place.size() == 1) {
        sendToControl(events.created(place));
      }
      String added = events.added(uuid, place, member);
      sendToControl(added);
      send(context, added);
      inside = conference;
      entered = true;
      calls.entered.incrementAndGet();
      calls.in.release();
      if (calls.stay) {
        staying.add(new Leaving(this, context));
      } else {
        callerHangsUp(context);
      }
    }

    void callerHangsUp(ChannelHandlerContext context) {
      hangUp(context, "NORMAL_CLEARING");
    }

    /** Sends what FreeSWITCH sends when a channel hangs up, beginning with CHANNEL_HANGUP. */
    private void hangUp(ChannelHandlerContext context, String cause) {
      if (hungUp) {
        return;
      }
      hungUp = true;
      send(context, events.hangup(uuid, cause));
      Inside left = inside;
      if (left != null) {
        inside = null;
        SwitchRooms.Place place = inRooms.leave(left.room, uuid);
        String removed = events.removed(uuid, place, member);
        sendToControl(removed);
        send(context, removed);
        if (place.size() == 0) {
          sendToControl(events.destroyed(place));
        }
        send(context, events.complete(uuid, "conference", left.id));
      }
      send(context, events.hungUp(uuid, cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      calls.open.remove(this);
      calls.ended(entered ? "" : lostHow + " after \"" + lastStep + "\"");
      super.channelInactive(context);
    }
  }

  /** FreeSWITCH's side of the connection on which the application receives conference events. */
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
        send(context, apiResponse("fs1\n"));
      } else if (command.startsWith("bgapi ")) {
        String[] lines = command.split("\nJob-UUID: ", 2);
        job(context, lines[1], answer(lines[0].substring("bgapi ".length())));
      } else {
        send(context, REPLY);
      }
    }

    private String answer(String command) {
      String[] words = command.split(" ", 4);
      if (command.equals("conference json_list")) {
        return inRooms.list();
      }
      if (words.length == 3 && words[2].equals("json_list")) {
        return inRooms.list(words[1]);
      }
      return command.contains(" play ") ? "+OK (play) Playing file\n" : "+OK\n";
    }

    private void job(ChannelHandlerContext context, String id, String result) {
      String body =
          "Event-Name: BACKGROUND_JOB\nJob-UUID: "
              + id
              + "\nContent-Length: "
              + result.length()
              + "\n\n"
              + result;
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
