package dev.callflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.Access;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SubscribeRequestTests {

  private static final Access ACME = new Access.OfAccount(new AccountId("acme"));
  private static final Access ALL = new Access.SuperAdmin();

  @Test
  void aBindingInOnesOwnAccountIsAllowed() {
    assertThat(read("{'account_id':'acme','binding':'conference.event.board.*','from':7}", ACME))
        .isEqualTo(
            new SubscribeRequest.Good(
                "acme",
                List.of(new Binding.OfEvents("conference.event.board.*", "board", "*", "*")),
                OptionalLong.of(7)));
  }

  @Test
  void aRepeatedBindingCountsOnce() {
    SubscribeRequest request =
        read(
            "{'account_id':'acme','bindings':['conference.command.board',"
                + "'conference.command.board']}",
            ACME);

    assertThat(request).isInstanceOf(SubscribeRequest.Good.class);
    assertThat(((SubscribeRequest.Good) request).topics()).hasSize(1);
  }

  @Test
  void allMissingKeysAreNamed() {
    assertThat(read("{}", ACME)).isEqualTo(bad("missing required keys : account_id, binding"));
  }

  @Test
  void anotherAccountIsRefused() {
    assertThat(read("{'account_id':'globex','binding':'conference.event.board.*'}", ACME))
        .isEqualTo(bad("unauthorized account id"));
  }

  @Test
  void onlySuperAdminsMaySubscribeToAllAccounts() {
    String request = "{'account_id':'*','binding':'conference.event.board.*'}";

    assertThat(read(request, ACME)).isEqualTo(bad("unauthorized wildcard account id"));
    assertThat(read(request, ALL)).isInstanceOf(SubscribeRequest.Good.class);
  }

  @Test
  void pastEventsOfAllAccountsAreRefused() {
    assertThat(read("{'account_id':'*','binding':'conference.event.board.*','from':1}", ALL))
        .isEqualTo(bad("\"from\" requires a single account"));
  }

  @Test
  void everyInvalidBindingIsReported() {
    assertThat(
            read(
                "{'account_id':'acme','bindings':[7,'conference','conference.event.b.*.nothing']}",
                ACME))
        .isEqualTo(
            bad(
                "a binding must be a string",
                "invalid format for conference subscription : conference",
                "Unsupported conference event nothing"));
  }

  private static SubscribeRequest bad(String... errors) {
    return new SubscribeRequest.Bad(List.of(errors));
  }

  private static SubscribeRequest read(String text, Access access) {
    return SubscribeRequest.read(Json.readObject(text.replace('\'', '"')), access);
  }
}
