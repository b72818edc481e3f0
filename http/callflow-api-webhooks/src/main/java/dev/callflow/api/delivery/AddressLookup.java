package dev.callflow.api.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the names of targets whenever a connection is made, and refuses addresses that are not
 * allowed, so that a name cannot lead elsewhere after it has been checked.
 *
 * <p>A lookup blocks the thread of the operating system that runs it, for as long as the owner of
 * the name likes. So each has a thread of its own, and not one of those that run calls.
 */
final class AddressLookup implements DnsResolver {

  private static final int MAX_RUNNING = 128;

  /** Finds the addresses of a name; replaced in tests. */
  @FunctionalInterface
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final AllowedTargets allowed;
  private final Names names;
  private final Duration timeout;
  private final Semaphore free = new Semaphore(MAX_RUNNING);

  AddressLookup(AllowedTargets allowed, Names names, Duration timeout) {
    this.allowed = allowed;
    this.names = names;
    this.timeout = timeout;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : addresses(host)) {
      if (!allowed.allows(host, port, address)) {
        throw new RefusedAddressException(host);
      }
      addresses.add(new InetSocketAddress(address, port));
    }
    return addresses;
  }

  @Override
  public InetAddress[] resolve(String host) {
    throw new UnsupportedOperationException("addresses are allowed for a port");
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    if (!free.tryAcquire()) {
      throw new UnknownHostException("too many names are being resolved");
    }
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> names.addresses(host));
    Thread.ofPlatform()
        .daemon()
        .name("webhook-lookup")
        .start(() -> {
          try {
            lookup.run();
          } finally {
            free.release();
          }
        });
    try {
      return lookup.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnknownHostException(host + " cannot be resolved");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host + " was not resolved, because the host is closing");
    }
  }
}
