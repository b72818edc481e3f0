package dev.callflow.testkit.wire;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.testkit.model.FarEnd;
import dev.callflow.testkit.model.NewChannel;
import dev.callflow.testkit.model.SimulatedSwitch;
import dev.callflow.testkit.model.SwitchEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code originate {variables}target '&socket(host:port async full)'}: places a call and hands it
 * to an application when it is answered. Blocks until it is, as FreeSWITCH does; the answer is
 * {@code +OK uuid} or {@code -ERR CAUSE}.
 */
final class Originate {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\{(?<vars>[^}]*)})?(?<target>\\S+) '?&socket\\((?<host>[^: )]+):(?<port>\\d{1,5})"
              + "[^)]*\\)'?");

  /** Values may be quoted, and hold commas then. */
  private static final Pattern VARIABLE = Pattern.compile("([^=,]+)=(?:'([^']*)'|([^,]*))(?:,|$)");

  private static final Pattern DIAL_STRING =
      Pattern.compile("(?:\\{(?<vars>[^}]*)})?(?<target>\\S+)");

  /** FreeSWITCH compares whole seconds of the day: on average it gives up so much earlier. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);
  private static final HangupCause NO_ROUTE = new HangupCause("NO_ROUTE_DESTINATION");

  private final SimulatedSwitch model;
  private final Calls calls;
  private final Map<String, FarEnd> callees = new ConcurrentHashMap<>();
  private volatile BiFunction<String, String, FarEnd> others =
      (uuid, target) -> new FarEnd.Refuses(NO_ROUTE);
  private final Map<String, CompletableFuture<String>> ringing = new ConcurrentHashMap<>();
  private final Map<String, String> halves = new ConcurrentHashMap<>();

  /** What the switch does with calls. */
  interface Calls {
    /** Lets the far half of a loopback call a number. */
    void arrive(String uuid, String from, String name, String to, Map<String, String> variables);

    /** Hands a call to an application. */
    void handOver(String uuid, InetSocketAddress address);

    /** Lets a call execute an application and end then. */
    void execute(String uuid, String application, String data);
  }

  Originate(SimulatedSwitch model, Calls calls) {
    this.model = model;
    this.calls = calls;
  }

  void callee(String target, FarEnd how) {
    callees.put(target, how);
  }

  void callees(BiFunction<String, String, FarEnd> how) {
    others = how;
  }

  static boolean isMeant(String arguments) {
    return FORM.matcher(arguments).matches();
  }

  String run(String arguments) {
    Matcher form = FORM.matcher(arguments);
    if (!form.matches()) {
      return "-USAGE: <call url> <exten>|&<application_name>(<app_args>)\n";
    }
    Map<String, String> variables = variables(form.group("vars"));
    String uuid = variables.getOrDefault("origination_uuid", UUID.randomUUID().toString());
    String cause = place(uuid, form.group("target"), variables);
    if (!cause.isEmpty()) {
      return "-ERR " + cause + "\n";
    }
    model.turnRound(uuid);
    calls.handOver(
        uuid, new InetSocketAddress(form.group("host"), Integer.parseInt(form.group("port"))));
    return "+OK " + uuid + "\n";
  }

  /**
   * A party that a room calls.
   *
   * @param uuid its channel
   * @param flags the member flags with which it enters
   * @param cause why it did not answer; empty if it did
   */
  record Called(String uuid, String flags, String cause) {}

  /** Calls somebody for a room, and waits for what comes of it. */
  Called call(String dialString, String number, String name, Map<String, String> notes) {
    Matcher form = DIAL_STRING.matcher(dialString);
    if (!form.matches()) {
      return new Called("", "", "DESTINATION_OUT_OF_ORDER");
    }
    Map<String, String> variables = new HashMap<>(variables(form.group("vars")));
    variables.putAll(notes);
    variables.putIfAbsent("origination_caller_id_number", number);
    variables.putIfAbsent("origination_caller_id_name", name);
    String uuid = variables.getOrDefault("origination_uuid", UUID.randomUUID().toString());
    String cause = place(uuid, form.group("target"), variables);
    return new Called(uuid, variables.getOrDefault("outcall_flags", ""), cause);
  }

  /** Lets a party that has answered enter the room. */
  void enter(Called called, String room) {
    String flags = called.flags().isEmpty() ? "" : "+flags{" + called.flags() + "}";
    model.turnRound(called.uuid());
    calls.execute(called.uuid(), "conference", room + flags);
  }

  /** Waits until a call is answered, or why it was not. */
  private String place(String uuid, String target, Map<String, String> variables) {
    Duration patience =
        variables.getOrDefault("originate_timeout", "").matches("[1-9]\\d{0,4}")
            ? Duration.ofSeconds(Long.parseLong(variables.get("originate_timeout")))
            : USUAL_PATIENCE;
    CompletableFuture<String> result = new CompletableFuture<>();
    ringing.put(uuid, result);
    try {
      place(uuid, target, variables, patience.minus(HALF_A_SECOND));
      return result.get(patience.toSeconds() + 5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "MANAGER_REQUEST";
    } catch (ExecutionException | TimeoutException e) {
      return "NO_ANSWER";
    } finally {
      ringing.remove(uuid);
    }
  }

  private static Map<String, String> variables(@Nullable String text) {
    Map<String, String> all = new HashMap<>();
    Matcher each = VARIABLE.matcher(Objects.requireNonNullElse(text, ""));
    while (each.find()) {
      all.put(
          each.group(1).strip(),
          Objects.requireNonNullElse(each.group(2), Objects.requireNonNullElse(each.group(3), "")));
    }
    return all;
  }

  private void place(String uuid, String target, Map<String, String> variables, Duration patience) {
    String number = variables.getOrDefault("origination_caller_id_number", "");
    String name = variables.getOrDefault("origination_caller_id_name", "");
    String[] parts = target.split("/", 3);
    String dialled =
        parts[0].equals("loopback") && parts.length > 1 ? parts[1] : parts[parts.length - 1];
    NewChannel channel = new NewChannel(uuid, number, name, dialled, "", variables);
    if (parts[0].equals("loopback")) {
      String inside = UUID.randomUUID().toString();
      halves.put(uuid, inside);
      halves.put(inside, uuid);
      model.dial(channel, new FarEnd.OtherHalf(), patience);
      Map<String, String> far = new HashMap<>(variables);
      far.put("loopback_leg", "B");
      far.remove("origination_uuid");
      calls.arrive(inside, number, name, dialled, far);
    } else {
      String callee = dialled.replace('%', '@');
      FarEnd known = callees.get(callee);
      model.dial(channel, known == null ? others.apply(uuid, callee) : known, patience);
    }
  }

  void happened(SwitchEvent event) {
    switch (event) {
      case SwitchEvent.Rings(var channel) -> {
        String half = halves.get(channel.uuid());
        if (half != null && ringing.containsKey(half)) {
          model.ring(half);
        }
      }
      case SwitchEvent.Answered(var channel) -> {
        tell(channel.uuid(), "");
        String half = halves.get(channel.uuid());
        if (half != null && ringing.containsKey(half)) {
          model.answer(half);
        }
      }
      case SwitchEvent.Gone(var channel, var by) -> {
        HangupCause cause =
            Objects.requireNonNullElse(channel.cause(), HangupCause.NORMAL_CLEARING);
        tell(channel.uuid(), cause.name());
        String half = halves.remove(channel.uuid());
        if (half != null) {
          halves.remove(half);
          model.hangUp(half, EndedBy.SWITCH, cause);
        }
      }
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
  }

  private void tell(String uuid, String cause) {
    CompletableFuture<String> result = ringing.get(uuid);
    if (result != null) {
      result.complete(cause);
    }
  }
}
