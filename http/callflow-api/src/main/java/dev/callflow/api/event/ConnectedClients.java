package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.AddressGroup;
import dev.callflow.api.access.Login;
import dev.callflow.core.document.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The connected clients, counted in total, by address and by account. Safe for use by any thread;
 * never blocks.
 */
final class ConnectedClients {

  /** The result of adding a client. */
  sealed interface Added {

    /**
     * The client was added.
     *
     * @param displaced the client that must be closed because too many have not authenticated
     */
    record Accepted(Optional<Subscriber> displaced) implements Added {}

    /** The client was not added. */
    record Refused(CloseReason reason) implements Added {}
  }

  private final SocketLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Subscriber> all = new LinkedHashMap<>();

  /** The clients without access, in the order in which they connected. */
  private final Map<String, Subscriber> pending = new LinkedHashMap<>();

  private final Map<String, Integer> byAddress = new HashMap<>();
  private final Map<AccountId, Integer> byAccount = new HashMap<>();

  ConnectedClients(SocketLimits limits) {
    this.limits = limits;
  }

  /** Returns why another client with this address would be refused. */
  Optional<CloseReason> refusal(String host) {
    lock.lock();
    try {
      int max = limits.connections().max();
      int maxOfAddress = limits.connections().maxOfAddress();
      String address = AddressGroup.of(host);
      if (byAddress.getOrDefault(address, 0) >= maxOfAddress) {
        return Optional.of(
            new CloseReason(
                CloseReason.Kind.ADDRESS_LIMIT,
                "too many connections: the limit for one address is " + maxOfAddress));
      }
      return all.size() >= max
          ? Optional.of(
              new CloseReason(
                  CloseReason.Kind.TOTAL_LIMIT, "too many connections: the limit is " + max))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<CloseReason> refusal(Access access) {
    int max = limits.connections().maxOfAccount();
    return access instanceof Access.OfAccount owner
            && byAccount.getOrDefault(owner.account(), 0) >= max
        ? Optional.of(
            new CloseReason(
                CloseReason.Kind.ACCOUNT_LIMIT,
                "too many connections: the limit for one account is " + max))
        : Optional.empty();
  }

  /** Adds a client unless there are too many. */
  Added add(Subscriber client) {
    lock.lock();
    try {
      Optional<Login> login = client.login();
      Optional<CloseReason> refusal =
          refusal(client.peer().host()).or(() -> login.map(Login::access).flatMap(this::refusal));
      if (refusal.isPresent()) {
        return new Added.Refused(refusal.get());
      }
      all.put(client.id(), client);
      byAddress.merge(AddressGroup.of(client.peer().host()), 1, Integer::sum);
      login.ifPresent(it -> count(it.access()));
      if (login.isPresent()) {
        return new Added.Accepted(Optional.empty());
      }
      pending.put(client.id(), client);
      return new Added.Accepted(
          pending.size() > limits.authentication().maxPending()
              ? pending.values().stream().findFirst()
              : Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  private void count(Access access) {
    if (access instanceof Access.OfAccount owner) {
      byAccount.merge(owner.account(), 1, Integer::sum);
    }
  }

  /**
   * Gives a client access. Returns why not, if its account has too many connections or the client
   * is no longer connected.
   */
  Optional<CloseReason> authenticated(Subscriber client, Login login) {
    lock.lock();
    try {
      if (!all.containsKey(client.id())) {
        return Optional.of(late());
      }
      Optional<CloseReason> refusal = refusal(login.access());
      if (refusal.isEmpty() && pending.remove(client.id()) != null) {
        client.login(login);
        count(login.access());
      }
      return refusal;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a client; returns whether it was still connected. */
  boolean remove(Subscriber client) {
    lock.lock();
    try {
      if (all.remove(client.id()) == null) {
        return false;
      }
      pending.remove(client.id());
      byAddress.computeIfPresent(
          AddressGroup.of(client.peer().host()), (host, count) -> count == 1 ? null : count - 1);
      client
          .login()
          .map(Login::access)
          .ifPresent(access -> {
            if (access instanceof Access.OfAccount owner) {
              byAccount.computeIfPresent(
                  owner.account(), (id, count) -> count == 1 ? null : count - 1);
            }
          });
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the clients that should have authenticated by now. */
  List<Subscriber> overdue(Instant now) {
    lock.lock();
    try {
      return pending.values().stream().takeWhile(client -> !deadline(client).isAfter(now)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the next client must have authenticated. */
  Optional<Instant> nextDeadline() {
    lock.lock();
    try {
      return pending.values().stream().findFirst().map(this::deadline);
    } finally {
      lock.unlock();
    }
  }

  private Instant deadline(Subscriber client) {
    return client.since().plus(limits.authentication().timeout());
  }

  CloseReason late() {
    Duration timeout = limits.authentication().timeout();
    return new CloseReason(
        CloseReason.Kind.UNAUTHENTICATED,
        "no valid token was received in time: the limit is " + timeout.toMillis() + " ms");
  }

  /** Returns the authenticated clients by their logins. */
  Map<Login, List<Subscriber>> byLogin() {
    Map<Login, List<Subscriber>> clients = new LinkedHashMap<>();
    for (Subscriber client : matching(it -> it.login().isPresent())) {
      clients.computeIfAbsent(client.login().orElseThrow(), none -> new ArrayList<>()).add(client);
    }
    return clients;
  }

  /** Returns the clients for which a condition holds, in the order in which they connected. */
  List<Subscriber> matching(Predicate<Subscriber> condition) {
    lock.lock();
    try {
      return all.values().stream().filter(condition).toList();
    } finally {
      lock.unlock();
    }
  }

  boolean contains(Subscriber client) {
    lock.lock();
    try {
      return all.containsKey(client.id());
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return all.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
