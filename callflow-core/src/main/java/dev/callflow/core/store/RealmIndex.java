package dev.callflow.core.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that own each SIP domain. If several own the same one, it belongs to the one with
 * the lowest id. Any thread may read; one thread at a time may write.
 */
final class RealmIndex {

  /** The owners by domain in lower case, ordered by their ids. */
  private final Map<String, List<AccountId>> owners = new ConcurrentHashMap<>();

  Optional<AccountId> owner(String realm) {
    return owners.getOrDefault(lowerCase(realm), List.of()).stream().findFirst();
  }

  void replace(@Nullable Account before, Account now) {
    Optional<String> old = Optional.ofNullable(before).flatMap(RealmIndex::realm);
    Optional<String> current = realm(now);
    if (!old.equals(current)) {
      current.ifPresent(realm -> add(realm, now.id()));
      old.ifPresent(realm -> remove(realm, now.id()));
    }
  }

  void remove(Account gone) {
    realm(gone).ifPresent(realm -> remove(realm, gone.id()));
  }

  private void add(String realm, AccountId id) {
    owners.merge(
        realm,
        List.of(id),
        (known, added) ->
            Stream.concat(known.stream(), added.stream())
                .sorted(Comparator.comparing(AccountId::value))
                .toList());
  }

  private void remove(String realm, AccountId id) {
    owners.computeIfPresent(
        realm,
        (same, known) -> {
          List<AccountId> others = known.stream().filter(other -> !other.equals(id)).toList();
          return others.isEmpty() ? null : others;
        });
  }

  private static Optional<String> realm(Account account) {
    return account.realm().map(RealmIndex::lowerCase);
  }

  private static String lowerCase(String realm) {
    return realm.toLowerCase(Locale.ROOT);
  }
}
