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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes calls: finds each one's callflow and walks it on a virtual thread of the call's own.
 *
 * <p>A call's account is the channel variable {@code callflow_account_id}, else the account that
 * owns the SIP domain called, else the default account. A number that has no callflow is refused
 * unanswered with UNALLOCATED_NUMBER; if the documents cannot be reached, with
 * NORMAL_TEMPORARY_FAILURE.
 *
 * <p>Safe for use by any thread.
 */
public final class CallflowEngine {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowEngine.class);

  /** How long the switch may take to report the end of a call that we have hung up. */
  private static final Duration HANGUP_TIMEOUT = Duration.ofSeconds(10);

  private static final Set<String> NOT_AUTHORISED = Set.of("resource", "sys_info");

  private final DocumentStore store;
  private final TimeSource time;
  private final CallflowLookup lookup;
  private final Interpreter interpreter;
  private final List<CallObserver> observers;
  private final Optional<AccountId> defaultAccount;
  private final BiFunction<Leg, IncomingCall, Leg> legs;
  private final AtomicInteger live = new AtomicInteger();

  /** The calls that have a thread: at most as many as are live. */
  private final Set<CallId> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  private CallflowEngine(Builder builder) {
    store = builder.store;
    time = builder.time;
    lookup = new CallflowLookup(store);
    observers = List.copyOf(builder.observers);
    defaultAccount = Optional.ofNullable(builder.defaultAccount);
    legs = builder.legs;
    interpreter =
        new Interpreter(
            lookup, Map.copyOf(builder.modules), builder.branches, builder.media, observers);
  }

  /**
   * Begins to make an engine.
   *
   * @param store where accounts and callflows are
   * @param time how calls wait
   * @return a builder that knows the built-in modules and those declared as services
   */
  public static Builder builder(DocumentStore store, TimeSource time) {
    return new Builder(store, time);
  }

  /** Collects what an engine is made of. */
  public static final class Builder {

    private final DocumentStore store;
    private final TimeSource time;
    private final Map<String, CallflowModule> modules = new LinkedHashMap<>();
    private final List<CallObserver> observers = new ArrayList<>();
    private @Nullable AccountId defaultAccount;
    private int branches = 50;
    private MediaGuard media = MediaGuard.standard();
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
     * Adds a module, in place of one of the same name.
     *
     * @param module the module
     * @return this builder
     */
    public Builder module(CallflowModule module) {
      modules.put(module.name(), module);
      return this;
    }

    /**
     * Adds modules, in place of those of the same names.
     *
     * @param more the modules
     * @return this builder
     */
    public Builder modules(List<CallflowModule> more) {
      more.forEach(this::module);
      return this;
    }

    /**
     * Lists the modules that the engine will have.
     *
     * @return the modules added so far, the built-in ones among them
     */
    public List<CallflowModule> modules() {
      return List.copyOf(modules.values());
    }

    /**
     * Adds a receiver of call lifecycle callbacks.
     *
     * @param observer the receiver
     * @return this builder
     */
    public Builder observer(CallObserver observer) {
      observers.add(observer);
      return this;
    }

    /**
     * Sets the account of calls that belong to no other.
     *
     * @param account the account; none unless set
     * @return this builder
     */
    public Builder defaultAccount(AccountId account) {
      defaultAccount = account;
      return this;
    }

    /**
     * Sets how often a call may branch into another callflow before it is hung up.
     *
     * @param most at least 0; 50 unless set
     * @return this builder
     */
    public Builder branches(int most) {
      if (most < 0) {
        throw new IllegalArgumentException("branches must not be negative: " + most);
      }
      branches = most;
      return this;
    }

    /**
     * Sets what accounts may hear; conferences need the same guard.
     *
     * @param guard {@link MediaGuard#standard} unless set
     * @return this builder
     */
    public Builder media(MediaGuard guard) {
      media = guard;
      return this;
    }

    /**
     * Puts something between the engine and the legs of its calls, such as a journal.
     *
     * @param between gets each leg before the engine does, on the thread that brings the call, and
     *     returns what the engine uses in its place; must not block
     * @return this builder
     */
    public Builder legs(BiFunction<Leg, IncomingCall, Leg> between) {
      legs = between;
      return this;
    }

    /**
     * Makes the engine.
     *
     * @return the engine, ready to take calls
     */
    public CallflowEngine build() {
      return new CallflowEngine(this);
    }
  }

  /**
   * Takes a call; returns at once.
   *
   * @param leg the call's leg, unanswered
   * @param incoming what is known of the call
   */
  public void take(Leg leg, IncomingCall incoming) {
    live.incrementAndGet();
    Leg used = legs.apply(leg, incoming);
    time.start("call-" + leg.id(), () -> run(used, incoming, Optional.empty()));
  }

  /**
   * Continues a call that an earlier process, or an earlier connection of this one, was handling;
   * returns at once. Waits until the earlier connection's thread has ended.
   *
   * @param leg the call's leg, answered or not
   * @param incoming what is known of the call
   * @param position where the call is
   */
  public void resume(Leg leg, IncomingCall incoming, Position position) {
    live.incrementAndGet();
    Leg used = legs.apply(leg, incoming);
    time.start("call-" + leg.id(), () -> run(used, incoming, Optional.of(position)));
  }

  /**
   * Tells how many calls are being handled now.
   *
   * @return the number of calls
   */
  public int live() {
    return live.get();
  }

  /**
   * Refuses further calls and lets those in progress end; blocks until they have, or time is up.
   *
   * @param longest how long to wait for them
   * @return whether all calls have ended
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean close(Duration longest) throws InterruptedException {
    closing = true;
    Instant latest = time.now().plus(longest);
    while (live.get() > 0 && time.now().isBefore(latest)) {
      time.inbox(1).poll(Duration.ofMillis(50));
    }
    return live.get() == 0;
  }

  private void run(Leg leg, IncomingCall incoming, Optional<Position> position) {
    MDC.put("call", leg.id().value());
    boolean mine = awaitPrevious(leg.id());
    try {
      LegEvent.HungUp end = walk(leg, incoming, position);
      LOG.info("call to {} has ended: {}, by {}", incoming.number(), end.cause(), end.by());
      tell(observer -> observer.ended(leg.id(), end.by(), end.cause()));
    } catch (RuntimeException e) {
      // The one place where a fault of ours could leave a caller in silence.
      LOG.error("call to {} failed and is hung up", incoming.number(), e);
      leg.hangup(HangupCause.NORMAL_TEMPORARY_FAILURE);
      tell(observer ->
          observer.ended(leg.id(), EndedBy.ENGINE, HangupCause.NORMAL_TEMPORARY_FAILURE));
    } finally {
      MDC.clear();
      if (mine) {
        running.remove(leg.id());
      }
      live.decrementAndGet();
    }
  }

  /** What an earlier thread of the call holds, such as a seat, is given back before this one. */
  private boolean awaitPrevious(CallId call) {
    Instant latest = time.now().plus(HANGUP_TIMEOUT);
    try {
      while (!running.add(call)) {
        if (!time.now().isBefore(latest)) {
          LOG.warn("call {}: its earlier thread has not ended", call);
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

  private LegEvent.HungUp walk(Leg leg, IncomingCall incoming, Optional<Position> position) {
    if (closing) {
      return refuse(leg, HangupCause.NORMAL_TEMPORARY_FAILURE);
    }
    HangupCause cause;
    try {
      Optional<Account> account =
          position.map(Position::account).map(store::account).orElseGet(() -> account(incoming));
      if (account.isEmpty()) {
        LOG.warn("call to {} belongs to no account", incoming.number());
        return refuse(leg, HangupCause.UNALLOCATED_NUMBER);
      }
      Optional<CallflowMatch> flow =
          lookup.byNumber(account.get(), incoming.number(), authorised(incoming));
      if (flow.isEmpty()) {
        LOG.info("account {} has no callflow for {}", account.get().id(), incoming.number());
        return refuse(leg, HangupCause.UNALLOCATED_NUMBER);
      }
      Call call = new Call(leg, account.get().id(), incoming, time);
      MDC.put("account", account.get().id().value());
      MDC.put("flow", flow.get().callflow().id());
      LOG.info("call to {} takes callflow {}", incoming.number(), flow.get().callflow().name());
      Account owner = account.get();
      CallflowMatch match = flow.get();
      Optional<HangupCause> hangup =
          position
              .map(from -> interpreter.resume(call, owner, match, from))
              .orElseGet(() -> interpreter.walk(call, owner, match));
      if (hangup.isEmpty()) {
        return new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.BLIND_TRANSFER);
      }
      cause = hangup.get();
    } catch (StoreUnavailableException e) {
      LOG.error("documents cannot be read, call to {} is refused", incoming.number(), e);
      cause = HangupCause.NORMAL_TEMPORARY_FAILURE;
    } catch (CallEndedException e) {
      return Thread.currentThread().isInterrupted()
          ? refuse(leg, e.hangupCause())
          : new LegEvent.HungUp(e.by(), e.hangupCause());
    }
    return refuse(leg, cause);
  }

  private LegEvent.HungUp refuse(Leg leg, HangupCause cause) {
    leg.hangup(cause);
    LegEvent.HungUp end = awaitEnd(leg, HANGUP_TIMEOUT);
    return end.by() == EndedBy.SWITCH && end.cause().equals(HangupCause.NORMAL_CLEARING)
        ? new LegEvent.HungUp(EndedBy.ENGINE, cause)
        : end;
  }

  /** The leg may have events left that nobody asked for; its end stands behind them. */
  private LegEvent.HungUp awaitEnd(Leg leg, Duration longest) {
    Instant latest = time.now().plus(longest);
    try {
      while (true) {
        LegEvent event = leg.events().poll(Duration.between(time.now(), latest));
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

  /** Spec 1.2: the callflow for all other numbers is for callers known to the account only. */
  private static boolean authorised(IncomingCall incoming) {
    return incoming
        .variable("callflow_authorizing_type")
        .filter(type -> !NOT_AUTHORISED.contains(type))
        .isPresent();
  }

  private void tell(Consumer<CallObserver> news) {
    Interpreter.tell(observers, news);
  }
}
