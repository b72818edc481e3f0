package dev.callflow.engine.attack;

import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Watches a FreeSWITCH over its event socket for the markers that payloads would leave. */
final class Witness implements EslClientListener, AutoCloseable {

  private static final Set<String> COMMANDS = Set.of("system", "bg_system", "bgsystem", "spawn");

  private final Path file;
  private final EslClient client;
  private final List<String> markers = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

  Witness(InetSocketAddress address, String password, Path file) {
    this.file = file;
    client =
        new EslClient(
                EslClientOptions.builder(address)
                    .password(password)
                    .connectTimeout(Eventually.LIMIT)
                    .commandTimeout(Eventually.LIMIT)
                    .events(
                        List.of(
                            "CHANNEL_CREATE",
                            "CHANNEL_ANSWER",
                            "CHANNEL_EXECUTE",
                            "CHANNEL_HANGUP_COMPLETE",
                            "API"),
                        List.of("conference::maintenance"))
                    .listener(this)
                    .build())
            .start();
    if (!client.awaitConnected(Eventually.LIMIT)) {
      throw new IllegalStateException("found no event socket at " + address);
    }
  }

  @Override
  public void event(EslEvent event) {
    if (event.variable(Payload.VARIABLE).isPresent()
        || event.header(Payload.VARIABLE).isPresent()) {
      markers.add("the variable " + Payload.VARIABLE + " in " + event.name());
    }
    if (event.header("Caller-Destination-Number").filter(Witness::isForeign).isPresent()
        || event.header("Channel-Name").filter(Witness::isForeign).isPresent()) {
      markers.add("a leg to " + event.header("Channel-Name").orElse("") + " in " + event.name());
    }
    if (event.header("API-Command").filter(COMMANDS::contains).isPresent()) {
      markers.add("the command " + event.header("API-Command").orElse(""));
    }
    if (event.name().equals("CHANNEL_HANGUP_COMPLETE")) {
      signals.add("ended " + event.uuid().orElse(""));
    }
    if (event.header("Action").filter("add-member"::equals).isPresent()) {
      signals.add("joined");
    }
  }

  private static boolean isForeign(String text) {
    return text.contains(Payload.NUMBER);
  }

  /** Returns the markers that executed payloads have left; empty if there are none. */
  List<String> markers() {
    List<String> all = new ArrayList<>(markers);
    if (Files.exists(file)) {
      all.add("the file " + file);
    }
    return all;
  }

  void forget() {
    signals.clear();
  }

  /**
   * Waits until a caller is in a room or the call has ended; returns whether a caller is in a room.
   */
  boolean awaitJoinedOrEnded(String uuid) throws InterruptedException {
    String signal = signals.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    while (signal != null && !signal.equals("joined") && !signal.equals("ended " + uuid)) {
      signal = signals.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    if (signal == null) {
      throw new IllegalStateException("received no event about the call " + uuid + " in time");
    }
    return signal.equals("joined");
  }

  void awaitEnded(String uuid) throws InterruptedException {
    while (awaitJoinedOrEnded(uuid)) {
      Thread.onSpinWait();
    }
  }

  String api(String command, String arguments) {
    return client.api(command, arguments, Eventually.LIMIT);
  }

  void begin(String command, String arguments) {
    client.bgapiAsync(command, arguments, Eventually.LIMIT);
  }

  @Override
  public void close() {
    client.close();
  }
}
