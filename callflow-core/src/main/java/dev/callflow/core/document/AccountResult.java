package dev.callflow.core.document;

/** The result of a change to {@link EditableAccounts}; only {@link Written} changes something. */
public sealed interface AccountResult {

  /** The change succeeded. */
  record Written() implements AccountResult {}

  /** There is such an account already. */
  record Exists() implements AccountResult {}

  /** There is no such account. */
  record Missing() implements AccountResult {}

  /** The account's document is not the one that was to be replaced. */
  record Changed() implements AccountResult {}

  /**
   * Another account has the realm.
   *
   * @param realm the realm
   */
  record RealmTaken(String realm) implements AccountResult {}
}
