package dev.callflow.contract;

import dev.callflow.simulator.network.Connection;
import dev.callflow.simulator.network.Listener;
import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The simulated FreeSWITCH, configured like the recorded one, in virtual time. */
final class SimulatedTestedSwitch implements TestedSwitch {

  /**
   * The fraction of a clock second at which each run begins. It matches the recording that shows
   * the run time of a room, because FreeSWITCH measures run times in whole clock seconds.
   */
  private static final Duration BEGINNING = Duration.ofMillis(530);

  private final VirtualTime time = new VirtualTime();
  private final MemoryNetwork network = new MemoryNetwork(time);
  private final Map<String, SimulatedCaller> callers = new HashMap<>();
  private final Queue<Connection> handedOver = new ConcurrentLinkedQueue<>();
  private final Listener application;
  private final SimulatedFreeSwitch freeSwitch;

  SimulatedTestedSwitch() throws IOException, InterruptedException {
    time.after(BEGINNING, "beginning", () -> {});
    time.run(BEGINNING);
    application = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    time.start("contract-application", this::takeCalls);
    freeSwitch =
        RecordedSetup.of(SimulatedFreeSwitch.builder())
            .time(time)
            .network(network)
            .application(application.address())
            .start();
  }

  private void takeCalls() {
    try {
      while (true) {
        handedOver.add(application.accept());
      }
    } catch (SocketException e) {
      // The test has closed the listener at the end of the recording.
    } catch (IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void at(double millis) throws InterruptedException {
    time.run(BEGINNING.plusNanos((long) (millis * 1_000_000)));
  }

  @Override
  public void settle() throws InterruptedException {
    time.run(time.elapsed());
  }

  @Override
  public void call(String name, String number, String to) {
    callers.put(name, freeSwitch.call(number, name, to));
  }

  @Override
  public void press(String name, String keys) {
    freeSwitch.api("uuid_send_dtmf " + uuid(name) + " " + keys);
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
  public ClientWire connect() throws IOException {
    return new VirtualWire(network.connect(freeSwitch.esl()), time);
  }

  @Override
  public ClientWire connectAsStranger() throws IOException {
    return new VirtualWire(
        network.connect(freeSwitch.esl(), InetAddress.getByName(RecordedSetup.STRANGER)), time);
  }

  @Override
  public ClientWire accept() throws IOException, InterruptedException {
    settle();
    Connection connection = handedOver.poll();
    if (connection == null) {
      throw new IOException("the simulated FreeSWITCH has not handed over a call");
    }
    return new VirtualWire(connection, time);
  }

  @Override
  public String uuid(String name) {
    return callers.get(name).uuid();
  }

  @Override
  public String leg(String name) {
    return uuid(name);
  }

  /** Returns 0: once everything has settled, all immediate frames have arrived. */
  @Override
  public long timeoutMillis() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    freeSwitch.close();
    application.close();
    time.close();
  }
}
