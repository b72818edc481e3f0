package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CallsTests {

  private static final String PATH = "/v2/accounts/{account}/calls";

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void aCallIsListedWithItsNodeUntilItEnds() throws InterruptedException {
    fixture.run(() -> {
      assertThat(fixture.request("GET", "/calls").data()).isEmpty();
      fixture.call("alice");
      JsonNode calls = fixture.request("GET", "/calls").data();
      assertThat(calls).hasSize(1);
      JsonNode alice = calls.path(0);
      assertThat(alice.path("call_id").asString()).isEqualTo("alice");
      assertThat(alice.path("caller_id_name").asString()).isEqualTo("Caller alice");
      assertThat(alice.path("caller_id_number").asString()).isEqualTo("alice");
      assertThat(alice.path("number").asString()).isEqualTo("5000");
      assertThat(alice.path("callflow_id").asString()).isEqualTo("flow");
      assertThat(alice.path("node").asString()).isEqualTo("/flow");
      assertThat(alice.path("module").asString()).isEqualTo("conference");
      // Two seconds ago, because the fixture waits as long after a call has begun.
      assertThat(alice.path("node_time").asLong())
          .isEqualTo(fixture.time.now().getEpochSecond() + 62_167_219_200L - 2);
      fixture.hangUp("alice");
      assertThat(fixture.request("GET", "/calls").data()).isEmpty();
    });
  }

  @Test
  void callsOfAnotherAccountAreNotListed() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      assertThat(
              fixture
                  .send(
                      "/v2/accounts/other/calls",
                      "GET",
                      "",
                      Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN))
                  .data())
          .isEmpty();
      assertThat(
              fixture
                  .send(
                      "/v2/accounts/acme/calls",
                      "GET",
                      "",
                      Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN))
                  .status())
          .isEqualTo(403);
    });
  }

  @Test
  void withoutAnObserverThereIsNoList() {
    Api api = Api.builder(fixture.store, fixture.conferences, fixture.time).build();
    assertThat(api.operations().all()).noneMatch(it -> it.path().equals(PATH));
    assertThat(fixture.api.operations().all()).anyMatch(it -> it.path().equals(PATH));
  }
}
