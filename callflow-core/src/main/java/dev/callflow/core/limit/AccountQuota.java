package dev.callflow.core.limit;

import dev.callflow.core.document.AccountId;
import java.util.Optional;

/**
 * The limits of one account, as they were read for one request. Everything that places a call asks
 * it whether the destination may be called.
 */
public final class AccountQuota {

  private final Limits limits;
  private final AccountId account;
  private final AccountLimits own;

  AccountQuota(Limits limits, AccountId account, AccountLimits own) {
    this.limits = limits;
    this.account = account;
    this.own = own;
  }

  /**
   * Requests one more of something that is limited; never blocks.
   *
   * @param limit the limit. For {@link Limit#RECORDING_MINUTES} this only checks whether minutes
   *     are left; {@link Limits#recording} counts them. Closing the lease of a {@link
   *     Limit#DIALS_PER_MINUTE} takes the dial back, as if it had not been requested
   * @return the lease, or the refusal
   */
  public Grant take(Limit limit) {
    return limits.take(account, own, limit);
  }

  /**
   * Decides whether a number may be called; blocks for as long as the store does.
   *
   * @param number the number as dialled
   * @return why it may not be called; empty if it may be
   * @throws dev.callflow.core.document.StoreUnavailableException if the account's own numbers
   *     cannot be read
   */
  public Optional<DestinationRefusal> number(String number) {
    return limits.number(account, own.destinations(), number);
  }

  /**
   * Decides whether a SIP address may be called; never blocks.
   *
   * @param user the user
   * @param host the host
   * @return why it may not be called; empty if it may be
   */
  public Optional<DestinationRefusal> address(String user, String host) {
    return own.destinations().address(user, host);
  }
}
