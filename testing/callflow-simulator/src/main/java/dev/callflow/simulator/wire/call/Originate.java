package dev.callflow.simulator.wire.call;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SipEndpoint;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.simulator.wire.job.Waits;
import dev.callflow.simulator.wire.text.CNumber;
import dev.callflow.simulator.wire.text.DialString;
import dev.callflow.simulator.wire.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Dials parties for {@code originate}, {@code bridge} and conferences. As in FreeSWITCH, dialling
 * blocks until a party has answered or all legs have failed.
 */
public final class Originate {

  /** The usage message of {@code originate}. */
  public static final String USAGE =
      "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>]"
          + " [<cid_name>] [<cid_num>] [<timeout_sec>]\n";

  private static final int MAX_WORDS = 10;

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
  private static final HangupCause NO_ROUTE = new HangupCause("NO_ROUTE_DESTINATION");
  private static final HangupCause LOSE_RACE = new HangupCause("LOSE_RACE");
  private static final String UUID_OPTION = "origination_uuid";
  private static final String NUMBER_OPTION = "origination_caller_id_number";
  private static final String NAME_OPTION = "origination_caller_id_name";

  private final SimulatedSwitch model;
  private final Calls calls;
  private final EffectLog effects;
  private final Waits waits;
  private final Map<String, FarEnd> callees = new ConcurrentHashMap<>();
  private volatile BiFunction<String, String, FarEnd> others =
      (uuid, target) -> new FarEnd.Refuses(NO_ROUTE);
  private final Map<String, CompletableFuture<String>> ringing = new ConcurrentHashMap<>();
  private final Map<String, String> halves = new ConcurrentHashMap<>();

  /** The operations on calls that are needed for dialling. */
  interface Calls {
    /** Creates the far half of a loopback call, which does not execute anything yet. */
    void arrive(String uuid, String from, String name, String to, Map<String, String> variables);

    /** Routes a call through the dialplan. */
    void route(String uuid, String number);

    /** Executes the applications of an inline dialplan on a call. */
    void inline(String uuid, String applications);

    /** Executes an application on a call and then hangs up. */
    void execute(String uuid, String application, String data);

    /** Runs the hooks of a newly created leg. */
    void created(String uuid);

    /** Runs the hooks of an answered leg. */
    void answered(String uuid);

    /** Returns whether the switch is shutting down and creates no more channels. */
    boolean refused();

    /** Runs a job on a new thread. */
    void inBackground(Runnable job);
  }

  public Originate(SimulatedSwitch model, Calls calls, EffectLog effects, Waits waits) {
    this.waits = waits;
    this.model = model;
    this.calls = calls;
    this.effects = effects;
  }

  public void callee(String target, FarEnd how) {
    callees.put(target, how);
  }

  public void callees(BiFunction<String, String, FarEnd> how) {
    others = how;
  }

  /**
   * Splits the arguments of {@code originate}; returns an empty list if there are too few or too
   * many words.
   */
  public static List<String> words(String arguments) {
    List<String> words = Words.of(arguments, ' ', MAX_WORDS);
    return words.size() < 2 || words.size() > 7 ? List.of() : words;
  }

  /** Carries out {@code originate} and returns its answer. */
  public String run(List<String> words) {
    Called called =
        call(
            DialString.of(words.getFirst(), Map.of()),
            word(words, 5, ""),
            word(words, 4, ""),
            CNumber.of(word(words, 6, "0")));
    if (!called.cause().isEmpty()) {
      return "-ERR " + called.cause() + "\n";
    }
    model.swapParties(called.uuid());
    extend(called.uuid(), words);
    return "+OK " + called.uuid() + "\n";
  }

  private static String word(List<String> words, int index, String otherwise) {
    return words.size() <= index || words.get(index).equals("undef") ? otherwise : words.get(index);
  }

  /** Runs the application or extension that {@code originate} names on the answered leg. */
  private void extend(String uuid, List<String> words) {
    String extension = words.get(1);
    if (extension.length() > 1 && extension.charAt(0) == '&') {
      String[] parts = extension.substring(1).split("\\)", 2)[0].split("\\(", 2);
      calls.execute(uuid, parts[0], parts.length > 1 ? parts[1] : "");
    } else if (word(words, 2, "XML").equalsIgnoreCase("inline")) {
      calls.inline(uuid, extension);
    } else {
      calls.route(uuid, extension);
    }
  }

  /**
   * The result of dialling.
   *
   * @param uuid the UUID of the party's channel
   * @param flags the member flags with which the party joins a room
   * @param cause the cause of the failure; empty if the party answered
   */
  public record Called(String uuid, String flags, String cause) {}

  /** Dials the legs of a dial string and waits for the result. */
  public Called call(String dialString, String number, String name, Map<String, String> inherited) {
    return call(DialString.of(dialString, inherited), number, name, 0);
  }

  private Called call(DialString dialString, String number, String name, int seconds) {
    Race race = new Race(number, name, seconds, ConcurrentHashMap.newKeySet());
    List<DialString.Branch> branches = dialString.branches();
    if (branches.size() < 2) {
      return branches.isEmpty()
          ? new Called("", "", "DESTINATION_OUT_OF_ORDER")
          : race.run(branches.getFirst());
    }
    CompletableFuture<Called> first = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(branches.size());
    for (DialString.Branch branch : branches) {
      calls.inBackground(() -> {
        Called called = race.run(branch);
        if (called.cause().isEmpty() || left.decrementAndGet() == 0) {
          first.complete(called);
        }
      });
    }
    Called winner = await(first, Duration.ofMinutes(5));
    race.endAllBut(winner.uuid());
    return winner;
  }

  /** Puts a party that has answered into a room. */
  public void enter(Called called, String room) {
    String flags = called.flags().isEmpty() ? "" : "+flags{" + called.flags() + "}";
    model.swapParties(called.uuid());
    calls.execute(called.uuid(), "conference", room + flags);
  }

  private Called await(CompletableFuture<Called> result, Duration timeout) {
    boolean called = waits.await(result, timeout);
    return called
        ? result.join()
        : new Called(
            "", "", Thread.currentThread().isInterrupted() ? "MANAGER_REQUEST" : "NO_ANSWER");
  }

  /** Records the effects of dialling a leg. */
  public void recordEffects(String uuid, DialString.Leg leg, Map<String, String> variables) {
    effects.add(new Effect.Dialled(uuid, leg.target(), variables));
    variables.forEach((key, value) -> effects.add(new Effect.VariableSet(uuid, key, value)));
  }

  /** A race between legs that are dialled in parallel; the first leg to answer wins. */
  private final class Race {

    private final String number;
    private final String name;
    private final int seconds;
    private final Set<String> legs;
    private volatile boolean over;

    Race(String number, String name, int seconds, Set<String> legs) {
      this.number = number;
      this.name = name;
      this.seconds = seconds;
      this.legs = legs;
    }

    /** Dials the alternatives of a branch in sequence. */
    Called run(DialString.Branch branch) {
      Called called = new Called("", "", "DESTINATION_OUT_OF_ORDER");
      for (List<DialString.Leg> alternative : branch.alternatives()) {
        called = ring(alternative);
        if (called.cause().isEmpty() || over) {
          break;
        }
      }
      return called;
    }

    private Called ring(List<DialString.Leg> group) {
      CompletableFuture<Called> first = new CompletableFuture<>();
      AtomicInteger left = new AtomicInteger(group.size());
      Duration maxTimeout = DEFAULT_TIMEOUT;
      List<String> placed = new ArrayList<>();
      try {
        for (DialString.Leg leg : group) {
          String uuid =
              leg.option(UUID_OPTION)
                  .filter(requested -> model.channel(requested).isEmpty())
                  .orElseGet(() -> UUID.randomUUID().toString());
          Duration timeout = timeout(leg);
          maxTimeout = timeout.compareTo(maxTimeout) > 0 ? timeout : maxTimeout;
          CompletableFuture<String> result = new CompletableFuture<>();
          result.thenAccept(cause -> {
            if (cause.isEmpty() || left.decrementAndGet() == 0) {
              first.complete(new Called(uuid, leg.option("outcall_flags").orElse(""), cause));
            }
          });
          ringing.put(uuid, result);
          placed.add(uuid);
          legs.add(uuid);
          place(uuid, leg, timeout);
        }
        if (group.isEmpty()) {
          return new Called("", "", "DESTINATION_OUT_OF_ORDER");
        }
        Called called = await(first, maxTimeout.plusSeconds(5));
        if (called.cause().isEmpty()) {
          calls.answered(called.uuid());
          placed.stream().filter(uuid -> !uuid.equals(called.uuid())).forEach(this::end);
        }
        return called;
      } finally {
        placed.forEach(ringing::remove);
      }
    }

    void endAllBut(String winner) {
      over = true;
      legs.stream().filter(uuid -> !uuid.equals(winner)).forEach(this::end);
    }

    private void end(String uuid) {
      model.hangUp(uuid, EndedBy.SWITCH, LOSE_RACE);
    }

    private Duration timeout(DialString.Leg leg) {
      int requested = CNumber.of(leg.option("originate_timeout").orElse("0"));
      return requested > 0
          ? Duration.ofSeconds(requested)
          : seconds > 0 ? Duration.ofSeconds(seconds) : DEFAULT_TIMEOUT;
    }

    private void place(String uuid, DialString.Leg leg, Duration timeout) {
      if (!leg.endpoint().matches("\\w+")) {
        complete(uuid, "CHAN_NOT_IMPLEMENTED");
        return;
      }
      if (calls.refused()) {
        complete(uuid, "DESTINATION_OUT_OF_ORDER");
        return;
      }
      Map<String, String> variables = new LinkedHashMap<>(leg.variables());
      if (!number.isEmpty()) {
        variables.putIfAbsent(NUMBER_OPTION, number);
      }
      if (!name.isEmpty()) {
        variables.putIfAbsent(NAME_OPTION, name);
      }
      recordEffects(uuid, leg, variables);
      // FreeSWITCH counts whole clock seconds, so its timeouts end at the start of a second.
      Duration rings = timeout.minusNanos(waits.nanosOfSecond());
      String from = leg.option(NUMBER_OPTION).orElse(number);
      String called = leg.option(NAME_OPTION).orElse(name);
      if (leg.endpoint().equals("loopback")) {
        loopback(new NewChannel(uuid, from, called, leg.destination(), "", variables), rings);
      } else {
        String last = leg.destination().substring(leg.destination().indexOf('/') + 1);
        String callee = last.replace('%', '@');
        FarEnd known = callees.get(callee);
        FarEnd how =
            leg.endpoint().equals("error")
                ? new FarEnd.Refuses(new HangupCause(leg.destination()))
                : known == null ? others.apply(uuid, callee) : known;
        model.dial(
            new NewChannel(uuid, from, called, last, "", variables, endpoint(leg, callee)),
            how,
            rings);
        calls.created(uuid);
      }
    }

    /** Returns the endpoint of {@code sofia/PROFILE/sip:USER@HOST}. */
    private Optional<SipEndpoint> endpoint(DialString.Leg leg, String callee) {
      String[] address = callee.replaceFirst("^sips?:", "").split("@", 2);
      return leg.endpoint().equals("sofia") && address.length > 1
          ? Optional.of(
              new SipEndpoint(
                  leg.destination().split("/", 2)[0],
                  address[0],
                  address[1],
                  address[1].split(":", 2)[0]))
          : Optional.empty();
    }

    /**
     * Dials a loopback leg: {@code NUMBER/CONTEXT/DIALPLAN} or {@code app=APPLICATION:ARGUMENT}.
     */
    private void loopback(NewChannel leg, Duration rings) {
      String to = leg.destination();
      boolean application = to.regionMatches(true, 0, "app=", 0, 4);
      String[] words = application ? to.substring(4).split(":", 2) : to.split("/", 3);
      String dialled = words[0];
      String inside = UUID.randomUUID().toString();
      halves.put(leg.uuid(), inside);
      halves.put(inside, leg.uuid());
      model.dial(
          new NewChannel(
              leg.uuid(), leg.callerNumber(), leg.callerName(), dialled, "", leg.variables()),
          new FarEnd.OtherHalf(),
          rings);
      calls.created(leg.uuid());
      Map<String, String> far = new HashMap<>(leg.variables());
      far.put("loopback_leg", "B");
      far.remove(UUID_OPTION);
      calls.arrive(inside, leg.callerNumber(), leg.callerName(), dialled, far);
      if (words.length > 1 && !application && !words[1].matches("[\\w.-]*")) {
        // The simulator ignores contexts, but no real dialplan has a context with such a name.
        model.hangUp(inside, EndedBy.SWITCH, NO_ROUTE);
      } else if (application) {
        calls.execute(inside, dialled, words.length > 1 ? words[1] : "");
      } else if (words.length > 2 && words[2].equalsIgnoreCase("inline")) {
        calls.inline(inside, dialled);
      } else {
        calls.route(inside, dialled);
      }
    }
  }

  /** Starts listening for the results of dialled legs. */
  public void follow() {
    model.listen(SwitchEvent.Rings.class, it -> rings(it.channel()));
    model.listen(SwitchEvent.EarlyMedia.class, it -> early(it.channel()));
    model.listen(SwitchEvent.Answered.class, it -> answered(it.channel()));
    model.listen(SwitchEvent.Gone.class, it -> gone(it.channel()));
  }

  private void rings(ChannelState channel) {
    String half = halves.get(channel.uuid());
    if (half != null && ringing.containsKey(half)) {
      model.ring(half);
    }
  }

  /** Early media end the dialling too, unless the leg ignores them. */
  private void early(ChannelState channel) {
    if (channel.variable("ignore_early_media").isEmpty()) {
      complete(channel.uuid(), "");
    }
    String half = halves.get(channel.uuid());
    if (half != null && ringing.containsKey(half)) {
      model.preAnswer(half);
    }
  }

  private void answered(ChannelState channel) {
    complete(channel.uuid(), "");
    String half = halves.get(channel.uuid());
    if (half != null && ringing.containsKey(half)) {
      model.answer(half);
    }
  }

  private void gone(ChannelState channel) {
    HangupCause cause = Objects.requireNonNullElse(channel.cause(), HangupCause.NORMAL_CLEARING);
    complete(channel.uuid(), cause.name());
    String half = halves.remove(channel.uuid());
    if (half != null) {
      halves.remove(half);
      model.hangUp(half, EndedBy.SWITCH, cause);
    }
  }

  private void complete(String uuid, String cause) {
    CompletableFuture<String> result = ringing.get(uuid);
    if (result != null) {
      result.complete(cause);
    }
  }
}
