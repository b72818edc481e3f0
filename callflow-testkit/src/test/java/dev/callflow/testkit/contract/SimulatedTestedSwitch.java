package dev.callflow.testkit.contract;

import dev.callflow.testkit.wire.SimulatedCaller;
import dev.callflow.testkit.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The simulated FreeSWITCH, set up as the real one was, in stepped time. */
final class SimulatedTestedSwitch implements TestedSwitch {

  private final SteppedTime time = new SteppedTime();
  private final Instant start = time.now();
  private final Map<String, SimulatedCaller> callers = new HashMap<>();
  private final ServerSocket application;
  private final SimulatedFreeSwitch freeSwitch;

  SimulatedTestedSwitch() throws IOException {
    application = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    application.setSoTimeout(2_000);
    freeSwitch =
        RecordedSetup.of(SimulatedFreeSwitch.builder())
            .time(time)
            .application(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), application.getLocalPort()))
            .start();
  }

  @Override
  public void at(double millis) {
    Instant to = start.plus(Duration.ofNanos((long) (millis * 1_000_000)));
    while (time.forwardTo(to)) {
      // What has waited for this instant may have something to do that takes no time.
      freeSwitch.awaitQuiet(0, Duration.ofMillis(20));
    }
  }

  @Override
  public void settle(long sent) {
    freeSwitch.awaitQuiet(sent, Duration.ofMillis(500));
  }

  @Override
  public void call(String name, String number, String to) {
    callers.put(name, freeSwitch.call(number, name, to));
  }

  @Override
  public void press(String name, String keys) {
    for (char key : keys.toCharArray()) {
      freeSwitch.model().press(uuid(name), key);
    }
  }

  @Override
  public void talk(String name, double millis) {
    freeSwitch.model().talk(uuid(name), Duration.ofNanos((long) (millis * 1_000_000)));
  }

  @Override
  public void hangUp(String name, String cause) {
    callers.get(name).hangUp();
  }

  @Override
  public Socket connect() throws IOException {
    return new Socket(freeSwitch.esl().getAddress(), freeSwitch.esl().getPort());
  }

  @Override
  public Socket connectAsStranger() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(RecordedSetup.STRANGER, 0));
    socket.connect(freeSwitch.esl());
    return socket;
  }

  @Override
  public Socket accept() throws IOException {
    return application.accept();
  }

  @Override
  public String uuid(String name) {
    return callers.get(name).uuid();
  }

  @Override
  public String leg(String name) {
    return uuid(name);
  }

  @Override
  public long patienceMillis() {
    return 2_000;
  }

  @Override
  public void close() throws IOException {
    freeSwitch.close();
    application.close();
  }
}
