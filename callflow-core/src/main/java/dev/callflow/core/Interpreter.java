package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.MediaReader;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowMatch;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import dev.callflow.core.time.OneLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs callflows by walking their trees (docs/spec/callflows.md#walking). */
final class Interpreter {

  private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

  private final CallflowLookup lookup;
  private final Map<String, CallflowModule> modules;
  private final int maxBranches;
  private final MediaGuard guard;
  private final List<CallObserver> observers;

  Interpreter(
      CallflowLookup lookup,
      Map<String, CallflowModule> modules,
      int maxBranches,
      MediaGuard guard,
      List<CallObserver> observers) {
    this.lookup = lookup;
    this.modules = modules;
    this.maxBranches = maxBranches;
    this.guard = guard;
    this.observers = observers;
  }

  /** Walks a callflow to its end, or until a module waits for long. */
  Walked walk(Call call, Account account, CallflowMatch flow) {
    return new Walk(call, account, flow).from(flow.callflow().flow());
  }

  /** Continues a call at a position; starts again at the root if that node no longer exists. */
  Walked resume(Call call, Account account, CallflowMatch flow, Position position) {
    return new Walk(call, account, flow).at(position);
  }

  static void forEachObserver(List<CallObserver> observers, Consumer<CallObserver> callback) {
    for (CallObserver observer : observers) {
      try {
        callback.accept(observer);
      } catch (RuntimeException e) {
        LOG.error("a call observer threw an exception", e);
      }
    }
  }

  /** A node and the id of its callflow; the id is empty if the callflow is not stored. */
  private record Placed(String tree, Node node) {}

  /** The walk of one call through the tree; owned by the call's thread. */
  private final class Walk {

    private final Call call;
    private final Account account;
    private final CallflowMatch flow;
    private final Deque<Placed> saved = new ArrayDeque<>(1);
    private final MediaReader media;
    private final Map<String, String> variables = new HashMap<>();
    private int branches;

    /** The id of the callflow whose tree the call is in; empty if that callflow is not stored. */
    private String tree;

    /** The step from which the first node continues; empty for all nodes after it. */
    private Map<String, String> step = Map.of();

    Walk(Call call, Account account, CallflowMatch flow) {
      this.call = call;
      this.account = account;
      this.flow = flow;
      this.media = guard.reader(account.id(), lookup.store());
      this.tree = flow.callflow().id();
    }

    Walked at(Position position) {
      Optional<Placed> found = place(position.node());
      if (found.isEmpty()) {
        LOG.warn(
            "starting the callflow again because {} no longer exists", OneLine.of(position.node()));
        return from(flow.callflow().flow());
      }
      position.saved().forEach(place -> place(place).ifPresent(saved::addLast));
      tree = found.get().tree();
      step = position.step();
      return from(found.get().node());
    }

    private Optional<Placed> place(Position.Place place) {
      return lookup
          .byId(account.id(), place.callflow())
          .flatMap(document -> find(document.flow(), place.path()))
          .map(node -> new Placed(place.callflow(), node));
    }

    private static Optional<Node> find(Node node, String path) {
      return node.path().toString().equals(path)
          ? Optional.of(node)
          : children(node).values().stream()
              .filter(child -> path.startsWith(child.path().toString()))
              .flatMap(child -> find(child, path).stream())
              .findFirst();
    }

    private void keep(Node.Action node) {
      if (!tree.isEmpty()) {
        call.at(
            new Position(
                account.id(),
                call.incoming().number(),
                new Position.Place(tree, node.path().toString()),
                saved.stream()
                    .filter(each -> !each.tree().isEmpty())
                    .map(each -> new Position.Place(each.tree(), each.node().path().toString()))
                    .toList(),
                step));
        step = Map.of();
      }
    }

    Walked from(Node root) {
      return after(root, outcome(root));
    }

    /** Walks on after a node; null where a tree has none. */
    private Walked after(@Nullable Node last, Outcome how) {
      @Nullable Node at = last;
      Outcome outcome = how;
      while (true) {
        @Nullable Node node;
        switch (outcome) {
          case Outcome.Continue next -> node = child(at, Node.WILDCARD);
          case Outcome.ContinueAt(String key) -> {
            node = child(at, key);
            if (node == null) {
              node = child(at, Node.WILDCARD);
            }
          }
          case Outcome.ExitAt(String key) -> {
            node = child(at, key);
            if (node == null || node instanceof Node.Empty) {
              return new Walked.ToTheEnd(HangupCause.NORMAL_CLEARING);
            }
          }
          case Outcome.Branch(String callflow, Node other) -> {
            if (++branches > maxBranches) {
              LOG.warn("hanging up, because the call has branched more than {} times", maxBranches);
              return new Walked.ToTheEnd(HangupCause.NORMAL_CLEARING);
            }
            Node after = child(at, Node.WILDCARD);
            if (after != null && !(after instanceof Node.Empty)) {
              saved.push(new Placed(tree, after));
            }
            tree = callflow;
            node = other;
          }
          case Outcome.Replace(Node other) -> {
            tree = "";
            node = other;
          }
          case Outcome.Stop stop -> {
            if (saved.isEmpty()) {
              return new Walked.ToTheEnd(HangupCause.NORMAL_CLEARING);
            }
            node = returned();
          }
          case Outcome.StopWith(HangupCause cause) -> {
            if (saved.isEmpty()) {
              return new Walked.ToTheEnd(cause);
            }
            node = returned();
          }
          case Outcome.HangUp(HangupCause cause) -> {
            return new Walked.ToTheEnd(cause);
          }
          case Outcome.Transferred gone -> {
            return new Walked.ToTheEnd(Optional.empty());
          }
          case Outcome.Usurped gone -> {
            return new Walked.ToTheEnd(Optional.empty());
          }
          case Outcome.LongWait(Duration timeout, Supplier<Outcome> rest) -> {
            Node waits = at;
            return new Walked.ToALongWait(call, timeout, () -> after(waits, rest.get()));
          }
        }
        at = node;
        outcome = outcome(node);
      }
    }

    private Outcome outcome(@Nullable Node node) {
      return switch (node) {
        case null -> new Outcome.Stop();
        case Node.Empty empty -> new Outcome.Stop();
        case Node.Malformed malformed -> new Outcome.Continue();
        case Node.Action action -> run(action);
      };
    }

    private Node returned() {
      Placed placed = saved.pop();
      tree = placed.tree();
      return placed.node();
    }

    private @Nullable Node child(@Nullable Node node, String key) {
      return node == null ? null : children(node).get(key);
    }

    private static Map<String, Node> children(Node node) {
      return switch (node) {
        case Node.Empty empty -> Map.of();
        case Node.Malformed malformed -> malformed.children();
        case Node.Action action -> action.children();
      };
    }

    private Outcome run(Node.Action action) {
      if (Json.bool(action.data(), "skip_module").orElse(false)) {
        return new Outcome.Continue();
      }
      CallflowModule module = modules.get(action.module());
      if (module == null) {
        LOG.warn("{}: unknown module {}", OneLine.of(action.path()), OneLine.of(action.module()));
        return new Outcome.Continue();
      }
      return guarded(
          action,
          () -> {
            LOG.debug("running module {}", action.module());
            forEachObserver(observers, observer -> observer.moduleStarted(call, tree, action));
            keep(action);
            return module.run(
                new ModuleContext(call, account, action, flow, lookup, media, variables));
          });
    }

    /** Runs a part of a node's module. */
    private Outcome guarded(Node.Action node, Supplier<Outcome> part) {
      MDC.put("node", OneLine.of(node.path()));
      try {
        Outcome outcome = part.get();
        return outcome instanceof Outcome.LongWait(Duration timeout, Supplier<Outcome> rest)
            ? new Outcome.LongWait(timeout, () -> guarded(node, rest))
            : outcome;
      } catch (CallEndedException e) {
        throw e;
      } catch (RuntimeException | LinkageError e) {
        // A failing module does not end the call, even if it lacks a class of its jar.
        LOG.error("{}: module {} failed", OneLine.of(node.path()), node.module(), e);
        return new Outcome.Continue();
      }
    }
  }
}
