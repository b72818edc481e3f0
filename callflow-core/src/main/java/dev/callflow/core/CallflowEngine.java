package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowMatch;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Accepts calls, finds the callflow for each call, and runs it on a virtual thread of its own.
 *
 * <p>The account of a call is taken from the channel variable {@code callflow_account_id}; without
 * that variable, it is the account that owns the called SIP domain or, if there is none, the
 * default account. A call to a number without a callflow is refused with UNALLOCATED_NUMBER,
 * without being answered. If the store cannot answer, the call is refused with
 * NORMAL_TEMPORARY_FAILURE. If the account has as many calls as it may have, the call is refused
 * with NORMAL_CIRCUIT_CONGESTION.
 *
 * <p>Safe for use by any thread.
 */
public final class CallflowEngine {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowEngine.class);

  /** The maximum time that the switch may take to report the end of a call that we have hung up. */
  private static final Duration HANGUP_TIMEOUT = Duration.ofSeconds(10);

  private static final Set<String> NOT_AUTHORISED = Set.of("resource", "sys_info");

  private final DocumentStore store;
  private final TimeSource time;
  private final CallflowLookup lookup;
  private final Interpreter interpreter;
  private final List<CallObserver> observers;
  private final Optional<AccountId> defaultAccount;
  private final BiFunction<Leg, IncomingCall, Leg> legs;
  private final Limits limits;
  private final AtomicInteger live = new AtomicInteger();

  /** The calls that have a thread; there are at most as many as there are live calls. */
  private final Set<CallId> running = ConcurrentHashMap.newKeySet();

  private volatile boolean closing;

  private CallflowEngine(Builder builder) {
    store = builder.store;
    time = builder.time;
    lookup = new CallflowLookup(store);
    observers = List.copyOf(builder.observers);
    defaultAccount = Optional.ofNullable(builder.defaultAccount);
    legs = builder.legs;
    limits =
        builder.limits == null ? Limits.of(store, time, AccountLimits.standard()) : builder.limits;
    interpreter =
        new Interpreter(
            lookup, Map.copyOf(builder.modules), builder.maxBranches, builder.media, observers);
  }

  /**
   * Returns a builder for an engine.
   *
   * @param store the store of accounts and callflows
   * @param time the time source on which calls wait
   * @return a builder with the built-in modules and the modules declared as services
   */
  public static Builder builder(DocumentStore store, TimeSource time) {
    return new Builder(store, time);
  }

  /** Builds an engine. */
  public static final class Builder {

    private final DocumentStore store;
    private final TimeSource time;
    private final Map<String, CallflowModule> modules = new LinkedHashMap<>();
    private final List<CallObserver> observers = new ArrayList<>();
    private @Nullable AccountId defaultAccount;
    private int maxBranches = 50;
    private MediaGuard media = MediaGuard.standard();
    private @Nullable Limits limits;
    private BiFunction<Leg, IncomingCall, Leg> legs = (leg, incoming) -> leg;

    private Builder(DocumentStore store, TimeSource time) {
      this.store = store;
      this.time = time;
      ClassLoader loader = CallflowModule.class.getClassLoader();
      ServiceLoader.load(ModuleProvider.class, loader)
          .forEach(provider -> modules(provider.modules()));
      ServiceLoader.load(CallflowModule.class, loader).forEach(this::module);
    }

    /**
     * Adds a module; replaces a module of the same name.
     *
     * @param module the module
     * @return this builder
     */
    public Builder module(CallflowModule module) {
      modules.put(module.name(), module);
      return this;
    }

    /**
     * Adds modules; each replaces a module of the same name.
     *
     * @param added the modules
     * @return this builder
     */
    public Builder modules(List<CallflowModule> added) {
      added.forEach(this::module);
      return this;
    }

    /**
     * Lists the modules that the engine will have.
     *
     * @return the modules added so far, including the built-in ones
     */
    public List<CallflowModule> modules() {
      return List.copyOf(modules.values());
    }

    /**
     * Adds an observer of calls.
     *
     * @param observer the observer
     * @return this builder
     */
    public Builder observer(CallObserver observer) {
      observers.add(observer);
      return this;
    }

    /**
     * Sets the account for calls that belong to no other account. By default there is none, and
     * such calls are refused.
     *
     * @param account the account
     * @return this builder
     */
    public Builder defaultAccount(AccountId account) {
      defaultAccount = account;
      return this;
    }

    /**
     * Sets how many times a call may branch into another callflow; a call that branches more often
     * is hung up.
     *
     * @param limit the maximum number of branches, at least 0; the default is 50
     * @return this builder
     */
    public Builder maxBranches(int limit) {
      if (limit < 0) {
        throw new IllegalArgumentException("maxBranches must be at least 0, but is " + limit);
      }
      maxBranches = limit;
      return this;
    }

    /**
     * Sets which media an account may hear. Conferences must use the same guard.
     *
     * @param guard the guard; the default is {@link MediaGuard#standard}
     * @return this builder
     */
    public Builder media(MediaGuard guard) {
      media = guard;
      return this;
    }

    /**
     * Sets the limits of accounts. Conferences must use the same object.
     *
     * @param shared the limits; the default is {@link AccountLimits#standard} for each account
     * @return this builder
     */
    public Builder limits(Limits shared) {
      limits = shared;
      return this;
    }

    /**
     * Sets a wrapper for the legs of incoming calls, for instance a journal.
     *
     * @param wrapper receives each leg on the thread that delivers the call, and returns the leg
     *     that the engine uses; must not block
     * @return this builder
     */
    public Builder legs(BiFunction<Leg, IncomingCall, Leg> wrapper) {
      legs = wrapper;
      return this;
    }

    /**
     * Creates the engine.
     *
     * @return the engine, ready to accept calls
     */
    public CallflowEngine build() {
      return new CallflowEngine(this);
    }
  }

  /**
   * Accepts a call and returns immediately; the call runs on its own thread.
   *
   * @param leg the call's leg, unanswered
   * @param incoming the call's numbers and variables
   */
  public void take(Leg leg, IncomingCall incoming) {
    start(leg, incoming, Optional.empty());
  }

  /**
   * Continues a call that was handled by an earlier process, or by this process over an earlier
   * connection; returns at once. The call continues when the thread that handled it before has
   * ended, or after a timeout.
   *
   * @param leg the call's leg, answered or not
   * @param incoming the details of the call
   * @param position where the call continues
   */
  public void resume(Leg leg, IncomingCall incoming, Position position) {
    start(leg, incoming, Optional.of(position));
  }

  private void start(Leg leg, IncomingCall incoming, Optional<Position> position) {
    Leg used = accept(leg, incoming, position);
    time.start("call-" + leg.id(), () -> handle(used, incoming, position));
  }

  /**
   * Runs a call like {@link #take} or {@link #resume}, but on the calling thread, which becomes the
   * call's own; returns when the call has ended, or when another thread takes over because a module
   * {@linkplain Outcome.LongWait waits for long}.
   *
   * @param leg the call's leg
   * @param incoming the call's numbers and variables
   * @param position where the call continues; empty for a new call
   */
  public void run(Leg leg, IncomingCall incoming, Optional<Position> position) {
    handle(accept(leg, incoming, position), incoming, position);
  }

  private Leg accept(Leg leg, IncomingCall incoming, Optional<Position> position) {
    live.incrementAndGet();
    Leg used = legs.apply(leg, incoming);
    position.ifPresent(used::continuesAt);
    return used;
  }

  /**
   * Returns how many calls are in progress.
   *
   * @return the number of calls
   */
  public int live() {
    return live.get();
  }

  /**
   * Refuses further calls and waits until the calls in progress have ended, or the timeout expires.
   * Then stops listening to the store, which may be used further.
   *
   * @param timeout how long to wait
   * @return whether all calls have ended
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean close(Duration timeout) throws InterruptedException {
    closing = true;
    try (CallflowLookup closed = lookup) {
      Instant deadline = time.now().plus(timeout);
      while (live.get() > 0 && time.now().isBefore(deadline)) {
        time.inbox(1).poll(Duration.ofMillis(50));
      }
      return live.get() == 0;
    }
  }

  private void handle(Leg leg, IncomingCall incoming, Optional<Position> position) {
    MDC.put("call", leg.id().value());
    OpenCall open = new OpenCall(leg, incoming, position.isPresent(), time.now());
    open.isInOrder(awaitPrevious(leg.id()));
    Walked.ToALongWait wait = run(open, () -> walk(open, position));
    if (wait != null) {
      time.start("call-" + leg.id(), () -> waitAndGoOn(open, wait));
    }
  }

  /**
   * Waits at the bottom of the stack of a new thread, so that a waiting call takes little memory.
   */
  private void waitAndGoOn(OpenCall open, Walked.ToALongWait first) {
    for (Walked.ToALongWait wait = first; wait != null; wait = run(open, wait.rest())) {
      wait.call().awaitEvent(wait.timeout());
    }
  }

  /** Runs a part of a call; returns the wait after it, or null if the call has ended. */
  private Walked.@Nullable ToALongWait run(OpenCall open, Supplier<Walked> part) {
    open.log();
    Walked.@Nullable ToALongWait wait = null;
    try {
      switch (walked(open, part)) {
        case Walked.ToALongWait next -> wait = next;
        case Walked.ToTheEnd(Optional<HangupCause> hangup) ->
            ended(
                open,
                hangup
                    .map(cause -> refuse(open.leg(), cause))
                    .orElseGet(
                        () -> new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.BLIND_TRANSFER)));
        case Walked.ToItsEnd(LegEvent.HungUp how) -> ended(open, how);
      }
    } catch (RuntimeException e) {
      // Without this, a bug in our code would leave the caller in silence.
      LOG.error(
          "call to {} failed with an internal error; hanging up",
          OneLine.of(open.incoming().number()),
          e);
      open.leg().hangup(HangupCause.NORMAL_TEMPORARY_FAILURE);
      record(open, new LegEvent.HungUp(EndedBy.ENGINE, HangupCause.NORMAL_TEMPORARY_FAILURE));
    } finally {
      MDC.clear();
      if (wait == null) {
        open.giveBack();
        if (open.isInOrder()) {
          running.remove(open.leg().id());
        }
        live.decrementAndGet();
      }
    }
    return wait;
  }

  private static Walked walked(OpenCall open, Supplier<Walked> part) {
    try {
      return part.get();
    } catch (StoreUnavailableException e) {
      LOG.error(
          "refused the call to {}: the documents cannot be read",
          OneLine.of(open.incoming().number()),
          e);
      return new Walked.ToTheEnd(HangupCause.NORMAL_TEMPORARY_FAILURE);
    } catch (CallEndedException e) {
      return Thread.currentThread().isInterrupted()
          ? new Walked.ToTheEnd(e.hangupCause())
          : new Walked.ToItsEnd(new LegEvent.HungUp(e.by(), e.hangupCause()));
    }
  }

  /**
   * Waits until an earlier thread of the call has released what it holds, such as a seat; returns
   * false if it has not ended in time.
   */
  private boolean awaitPrevious(CallId call) {
    Instant latest = time.now().plus(HANGUP_TIMEOUT);
    try {
      while (!running.add(call)) {
        if (!time.now().isBefore(latest)) {
          LOG.warn(
              "call {}: continuing although an earlier thread of the call has not ended", call);
          return false;
        }
        time.inbox(1).poll(Duration.ofMillis(20));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ended(OpenCall open, LegEvent.HungUp end) {
    LOG.info(
        "call to {} ended: {}, by {}", OneLine.of(open.incoming().number()), end.cause(), end.by());
    record(open, end);
  }

  private void record(OpenCall open, LegEvent.HungUp end) {
    open.giveBack();
    CallRecord ended = open.ended(end, time.now());
    Interpreter.forEachObserver(observers, observer -> observer.ended(ended));
  }

  private Walked walk(OpenCall open, Optional<Position> position) {
    if (closing) {
      return new Walked.ToTheEnd(HangupCause.NORMAL_TEMPORARY_FAILURE);
    }
    IncomingCall incoming = open.incoming();
    Optional<Account> account =
        position.map(Position::account).map(store::account).orElseGet(() -> account(incoming));
    if (account.isEmpty()) {
      LOG.warn("refused the call to {}: no account matches it", OneLine.of(incoming.number()));
      return new Walked.ToTheEnd(HangupCause.UNALLOCATED_NUMBER);
    }
    Account owner = account.get();
    AccountId id = owner.id();
    open.belongsTo(id);
    Optional<CallflowMatch> flow = lookup.byNumber(owner, incoming.number(), authorised(incoming));
    if (flow.isEmpty()) {
      LOG.info(
          "refused the call to {}: account {} has no callflow for this number",
          OneLine.of(incoming.number()),
          id);
      return new Walked.ToTheEnd(HangupCause.UNALLOCATED_NUMBER);
    }
    // A call that continues is in progress already, so it is not refused.
    if (position.isPresent()) {
      open.holds(limits.count(id, Limit.CALLS));
    } else {
      switch (limits.account(id).take(Limit.CALLS)) {
        case Grant.Granted(Lease granted) -> open.holds(granted);
        case Grant.Reached reached -> {
          LOG.info("refused the call to {}: {}", incoming.number(), reached.message());
          return new Walked.ToTheEnd(HangupCause.NORMAL_CIRCUIT_CONGESTION);
        }
      }
    }
    Call call =
        new Call(open.leg(), id, incoming, time, number -> limits.account(id).number(number));
    CallflowMatch match = flow.get();
    open.runs(call, match.callflow().id());
    open.log();
    LOG.info(
        "call to {}: running callflow {}",
        OneLine.of(incoming.number()),
        OneLine.of(match.callflow().name()));
    return position
        .map(from -> interpreter.resume(call, owner, match, from))
        .orElseGet(() -> interpreter.walk(call, owner, match));
  }

  private LegEvent.HungUp refuse(Leg leg, HangupCause cause) {
    leg.hangup(cause);
    LegEvent.HungUp end = awaitEnd(leg, HANGUP_TIMEOUT);
    return end.by() == EndedBy.SWITCH && end.cause().equals(HangupCause.NORMAL_CLEARING)
        ? new LegEvent.HungUp(EndedBy.ENGINE, cause)
        : end;
  }

  /** Waits for the end of the leg, and skips the events that are queued before it. */
  private LegEvent.HungUp awaitEnd(Leg leg, Duration timeout) {
    Instant deadline = time.now().plus(timeout);
    try {
      while (true) {
        LegEvent event = leg.events().poll(Duration.between(time.now(), deadline));
        if (event instanceof LegEvent.HungUp end) {
          return end;
        }
        if (event == null) {
          return new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new LegEvent.HungUp(EndedBy.ENGINE, HangupCause.NORMAL_TEMPORARY_FAILURE);
    }
  }

  private Optional<Account> account(IncomingCall incoming) {
    return incoming
        .variable("callflow_account_id")
        .map(AccountId::new)
        .or(() -> incoming.realm().flatMap(store::accountByRealm))
        .or(() -> defaultAccount)
        .flatMap(store::account);
  }

  /** Returns whether the caller may use {@code no_match} (docs/spec/callflows.md#lookup). */
  private static boolean authorised(IncomingCall incoming) {
    return incoming
        .variable("callflow_authorizing_type")
        .filter(type -> !NOT_AUTHORISED.contains(type))
        .isPresent();
  }
}
