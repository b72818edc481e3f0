package dev.callflow.api.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what the clients of each address have open, such as connections. Safe for use by any
 * thread; never blocks. Addresses that have nothing open take no memory.
 */
public final class CountsByAddress {

  private final int max;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /**
   * Creates counts of zero.
   *
   * @param max the maximum for one address
   */
  public CountsByAddress(int max) {
    this.max = max;
  }

  /**
   * Counts one more, unless the address has as many as it may have. The check and the count are one
   * step, because several threads open connections.
   *
   * @param address the address; see {@link dev.callflow.api.access.AddressGroup}
   * @return whether it is allowed; if so, {@link #remove} must be called at its end
   */
  public boolean add(String address) {
    boolean[] allowed = {false};
    counts.compute(
        address,
        (key, known) -> {
          int count = known == null ? 0 : known;
          allowed[0] = count < max;
          return allowed[0] ? count + 1 : known;
        });
    return allowed[0];
  }

  /**
   * Counts one less.
   *
   * @param address the address for which {@link #add} has returned true
   */
  public void remove(String address) {
    counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
