package dev.callflow.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A real FreeSWITCH, configured like the recorded one, in real time. Callers are the far ends of
 * loopback calls and are controlled over a separate connection.
 */
final class RealTestedSwitch implements TestedSwitch {

  private static final long MAX_CREATION = 1_000_000_000L;

  private final String host;
  private final int port;
  private final ServerSocket application;
  private final Socket driver;
  private final FrameReader frames = new FrameReader();
  private final Queue<Frame> received = new ArrayDeque<>();
  private final Map<String, String> callers = new HashMap<>();
  private long start;

  /**
   * @param where the event socket and its password: {@code host:port:password}
   * @param applicationPort the port to which the dialplan hands calls
   */
  RealTestedSwitch(String where, int applicationPort) throws IOException {
    String[] parts = where.split(":", 3);
    host = parts[0];
    port = Integer.parseInt(parts[1]);
    application = new ServerSocket(applicationPort, 50, InetAddress.getLoopbackAddress());
    application.setSoTimeout(5_000);
    driver = new Socket(host, port);
    driver.setSoTimeout(10_000);
    next();
    ask("auth " + parts[2]);
    hangUpAll();
    start = System.nanoTime();
  }

  /** Removes the calls and rooms of earlier recordings, which would show up in lists. */
  private void hangUpAll() throws IOException {
    ask("api hupall");
    long until = System.nanoTime() + 10_000_000_000L;
    while (!(ask("api show channels count").strip().startsWith("0 ")
        && ask("api conference list").startsWith("+OK No active conferences"))) {
      if (System.nanoTime() > until) {
        throw new IOException("FreeSWITCH still has calls or rooms 10 s after hupall");
      }
      pause(50_000_000);
    }
  }

  private static void pause(long nanos) {
    try {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String ask(String command) {
    try {
      driver.getOutputStream().write((command + "\n\n").getBytes(StandardCharsets.UTF_8));
      return next().body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Frame next() throws IOException {
    byte[] buffer = new byte[65_536];
    while (received.isEmpty()) {
      int length = driver.getInputStream().read(buffer);
      if (length < 0) {
        throw new IOException("FreeSWITCH has closed the connection");
      }
      received.addAll(frames.add(Arrays.copyOf(buffer, length)));
    }
    return received.remove();
  }

  /**
   * Waits until the given time. If it has already passed, everything that follows is delayed too,
   * so that the recorded pauses are kept.
   */
  @Override
  public void at(double millis) {
    long left = start + (long) (millis * 1_000_000) - System.nanoTime();
    if (left > 0) {
      pause(left);
    } else {
      start -= left;
    }
  }

  @Override
  public void settle() {
    // A real switch needs no help to make progress.
  }

  @Override
  public void call(String name, String number, String to) {
    String uuid =
        "ca11e000-%04x-4000-8000-%012x"
            .formatted(
                ThreadLocalRandom.current().nextInt(1 << 16),
                ThreadLocalRandom.current().nextLong(1L << 48));
    callers.put(name, uuid);
    ask(
        "bgapi originate {origination_uuid=%s,origination_caller_id_name='%s',origination_caller_id_number=%s}loopback/%s/default &park"
            .formatted(uuid, name, number, to));
  }

  @Override
  public void press(String name, String keys) {
    ask("api uuid_send_dtmf " + uuid(name) + " " + keys);
  }

  @Override
  public void talk(String name, double millis) {
    ask("api uuid_broadcast %s tone_stream://%%(%d,0,440)".formatted(uuid(name), (long) millis));
  }

  @Override
  public void hangUp(String name, String cause) {
    ask(("api uuid_kill " + uuid(name) + " " + cause).strip());
  }

  @Override
  public ClientWire connect() throws IOException {
    return new SocketWire(new Socket(host, port));
  }

  @Override
  public ClientWire connectAsStranger() throws IOException {
    return new SocketWire(new Socket(host, port, InetAddress.getByName("127.0.0.2"), 0));
  }

  @Override
  public ClientWire accept() throws IOException {
    return new SocketWire(application.accept());
  }

  @Override
  public String uuid(String name) {
    return callers.get(name);
  }

  /** Returns the leg, after waiting for FreeSWITCH to create it. */
  @Override
  public String leg(String name) {
    long until = System.nanoTime() + MAX_CREATION;
    String leg = "";
    while (leg.length() != uuid(name).length() && System.nanoTime() < until) {
      leg = ask("api uuid_getvar " + uuid(name) + " other_loopback_leg_uuid").strip();
    }
    return leg;
  }

  @Override
  public long timeoutMillis() {
    return 1_000;
  }

  @Override
  public void close() throws IOException {
    hangUpAll();
    driver.close();
    application.close();
  }
}
