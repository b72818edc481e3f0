package dev.callflow.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.store.MemoryStore;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** How a callflow is found by number. */
class CallflowLookupTests {

  private static final AccountId ACME = new AccountId("acme");

  private final MemoryStore store = new MemoryStore();
  private final CallflowLookup lookup = new CallflowLookup(store);

  @BeforeEach
  void anAccount() {
    account("{}");
  }

  @Test
  void anExactNumberIsFound() {
    callflow("a", "{'numbers':['100']}");

    assertThat(found("100")).contains("a");
    assertThat(found("1001")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+49 (30) 12-34", "+49301234", "+49.30.1234"})
  void numbersAreComparedWithoutPunctuation(String dialled) {
    callflow("a", "{'numbers':['+49 30 1234']}");

    assertThat(found(dialled)).contains("a");
  }

  @Test
  void anExactNumberTakesPrecedenceOverAPattern() {
    callflow("exact", "{'numbers':['100']}");
    callflow("pattern", "{'patterns':['^1(.*)$']}");

    assertThat(found("100")).contains("exact");
    assertThat(found("101")).contains("pattern");
  }

  @Test
  void thePatternWithTheLongestCaptureIsChosen() {
    callflow("short", "{'patterns':['^12(.*)$']}");
    callflow("long", "{'patterns':['^1(.*)$']}");

    assertThat(found("1234")).contains("long");
  }

  @Test
  void theAlphabeticallyFirstPatternIsChosenIfCapturesAreEquallyLong() {
    callflow("second", "{'patterns':['^1([0-9]*)$']}");
    callflow("first", "{'patterns':['^1(.*)$']}");

    assertThat(found("1234")).contains("first");
  }

  @Test
  void theMatchContainsTheCapturesOfThePattern() {
    callflow("a", "{'patterns':['^\\\\*7(?<room>[0-9]+)$']}");

    CallflowMatch found = lookup.byNumber(account(), "*7123", false).orElseThrow();

    assertThat(found.captured()).contains("123");
    assertThat(found.groups()).isEqualTo(Map.of("room", "123"));
  }

  @Test
  void anInvalidPatternMatchesNothingAndAffectsNoOtherPattern() {
    callflow("bad", "{'patterns':['(('],'numbers':['5']}");
    callflow("good", "{'patterns':['^6']}");

    assertThat(found("5")).contains("bad");
    assertThat(found("61")).contains("good");
  }

  @Test
  void onlyAuthorisedCallersReachTheNoMatchCallflow() {
    callflow("rest", "{'numbers':['no_match']}");

    assertThat(lookup.byNumber(account(), "999", true).map(CallflowLookupTests::id))
        .contains("rest");
    assertThat(lookup.byNumber(account(), "999", false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*98", "anna", "no_match"})
  void onlyNumbersReachTheNoMatchCallflow(String dialled) {
    callflow("rest", "{'numbers':['no_match']}");

    assertThat(lookup.byNumber(account(), dialled, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " - ", "11111111111111111111111111111111111111111111111111111111111111111"})
  void emptyAndOverlongNumbersAreNotLookedUp(String dialled) {
    callflow("all", "{'patterns':['.*']}");

    assertThat(found(dialled)).isEmpty();
  }

  @Test
  void aSharedNumberBelongsToTheCallflowWithTheLowestId() {
    callflow("b", "{'numbers':['100']}");
    callflow("a", "{'numbers':['100']}");

    assertThat(found("100")).contains("a");
  }

  @Test
  void changesToDocumentsTakeEffect() {
    callflow("a", "{'numbers':['100']}");
    assertThat(found("200")).isEmpty();

    callflow("b", "{'numbers':['200']}");

    assertThat(found("200")).contains("b");
  }

  @Test
  void changesToPatternsTakeEffect() {
    callflow("a", "{'patterns':['^1(.*)$']}");
    assertThat(found("123")).contains("a");
    assertThat(found("223")).isEmpty();

    callflow("a", "{'patterns':['^2(.*)$']}");
    assertThat(found("123")).isEmpty();
    assertThat(found("223")).contains("a");

    callflow("b", "{'patterns':['^22(.*)$']}");
    store.remove(ACME, DocumentType.CALLFLOW, "a");
    assertThat(found("223")).contains("b");
  }

  @Test
  void aChangedCallflowIsParsedAgain() {
    callflow("a", "{'numbers':['100'],'patterns':['^2'],'name':'before'}");
    assertThat(name("100")).contains("before");
    assertThat(name("200")).contains("before");

    callflow("a", "{'numbers':['100'],'patterns':['^2'],'name':'after'}");

    assertThat(name("100")).contains("after");
    assertThat(name("200")).contains("after");
    assertThat(lookup.byId(ACME, "a").map(ParsedCallflow::name)).contains("after");
  }

  private Optional<String> name(String number) {
    return lookup.byNumber(account(), number, false).map(found -> found.callflow().name());
  }

  @Test
  void callflowsOfAnotherAccountAreNotFound() {
    store.put(new AccountId("globex"), DocumentType.CALLFLOW, "g", object("{'numbers':['100']}"));

    assertThat(found("100")).isEmpty();
    assertThat(lookup.byId(ACME, "g")).isEmpty();
  }

  @Test
  void anAccountsPreflowRunsBeforeTheCallflow() {
    account("{'preflow':{'always':'greeting'}}");
    callflow("a", "{'numbers':['100'],'flow':{'module':'hangup'}}");

    Node root = lookup.byNumber(account(), "100", false).orElseThrow().callflow().flow();

    assertThat(root).isInstanceOf(Node.Action.class);
    Node.Action first = (Node.Action) root;
    assertThat(first.module()).isEqualTo("callflow");
    assertThat(first.data()).isEqualTo(object("{'id':'greeting'}"));
    assertThat(((Node.Action) first.children().get("_")).module()).isEqualTo("hangup");
  }

  private Account account() {
    return store.account(ACME).orElseThrow();
  }

  private Optional<String> found(String number) {
    return lookup.byNumber(account(), number, false).map(CallflowLookupTests::id);
  }

  private static String id(CallflowMatch found) {
    return found.callflow().id();
  }

  private void account(String body) {
    store.account(ACME, object(body));
  }

  private void callflow(String id, String body) {
    store.put(ACME, DocumentType.CALLFLOW, id, object(body));
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
