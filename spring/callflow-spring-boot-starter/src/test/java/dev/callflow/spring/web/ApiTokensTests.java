package dev.callflow.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Scope;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.spring.CallflowProperties;
import dev.callflow.spring.InvalidPropertyException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tokens of the properties. */
class ApiTokensTests {

  private static final String SHA256 = HashedTokens.hash("swordfish");

  private static Optional<Access> access(CallflowProperties.Token token) {
    return ApiTokens.of(List.of(token), new MemoryStore()).authenticate("swordfish");
  }

  @Test
  void aTokenWithoutScopesMayBeUsedForEverything() {
    assertThat(access(new CallflowProperties.Token(SHA256, "acme", false, null, null)))
        .contains(new Access.OfAccount(new AccountId("acme"), Scope.ALL));
    assertThat(access(new CallflowProperties.Token(SHA256, null, true, null, null)))
        .contains(new Access.SuperAdmin(Scope.ALL));
  }

  @Test
  void aTokenMayBeLimitedToScopes() {
    assertThat(
            access(
                new CallflowProperties.Token(
                    SHA256, "acme", false, List.of("read", "control"), null)))
        .contains(new Access.OfAccount(new AccountId("acme"), Set.of(Scope.READ, Scope.CONTROL)));
  }

  @Test
  void aTokenIsNotAcceptedAfterItHasExpired() {
    assertThat(
            access(
                new CallflowProperties.Token(SHA256, "acme", false, null, "2020-01-01T00:00:00Z")))
        .isEmpty();
    assertThat(
            access(
                new CallflowProperties.Token(SHA256, "acme", false, null, "9999-01-01T00:00:00Z")))
        .isPresent();
  }

  @Test
  void anUnknownScopeIsExplained() {
    assertThatThrownBy(() ->
            access(new CallflowProperties.Token(SHA256, "acme", false, List.of("write"), null)))
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage(
            "callflow.api.tokens: entry 0: \"scopes\" must be a list of one or more of \"read\","
                + " \"control\", \"documents\" and \"admin\"");
  }

  @Test
  void anEmptyListOfScopesDoesNotMeanAllOfThem() {
    assertThatThrownBy(
            () -> access(new CallflowProperties.Token(SHA256, "acme", false, List.of(), null)))
        .hasMessageContaining("must be a list of one or more of");
  }

  @Test
  void aTimeThatCannotBeReadIsExplained() {
    assertThatThrownBy(
            () -> access(new CallflowProperties.Token(SHA256, "acme", false, null, "tomorrow")))
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage(
            "callflow.api.tokens: entry 0: \"expires\" must be a time such as"
                + " \"2027-01-31T12:00:00Z\"");
  }
}
