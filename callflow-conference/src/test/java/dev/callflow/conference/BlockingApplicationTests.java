package dev.callflow.conference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowMatch;
import dev.callflow.core.document.Node;
import dev.callflow.core.document.ParsedCallflow;
import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;

/** Code of the application that never returns does not keep callers out. */
class BlockingApplicationTests {

  private final Bed bed = new Bed().room("{}");
  private final List<String> blocked = new ArrayList<>();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void callersGetInWhileAnObserverBlocksForEver() {
    Conferences conferences =
        builder().observer((call, outcome) -> blocks("ended " + call)).build();
    enters(conferences, "ann").leg().press("#");
    bed.passes(Duration.ofSeconds(10));
    assertThat(blocked).containsExactly("ended ann");

    enters(conferences, "bob");

    assertThat(members(conferences)).containsExactly("bob");
  }

  @Test
  void callersGetInWhileASubscriberBlocksForEver() {
    Conferences conferences = builder().build();
    conferences.onEvent(event -> blocks(event.type().key()));
    enters(conferences, "ann");
    assertThat(blocked).containsExactly("conference-create");

    enters(conferences, "bob");

    assertThat(members(conferences)).containsExactly("ann", "bob");
  }

  @Test
  void callersGetInWhileTheRecorderOfMetricsBlocksForEver() {
    ConferenceMetrics blocking =
        new ConferenceMetrics() {
          @Override
          public void seats(int change) {
            blocks("seats");
          }

          @Override
          public void participants(int change) {
            blocks("participants");
          }
        };
    Conferences conferences = builder().metrics(blocking).build();
    enters(conferences, "ann");
    assertThat(blocked).containsExactly("seats");

    enters(conferences, "bob");

    assertThat(members(conferences)).containsExactly("ann", "bob");
  }

  private Conferences.Builder builder() {
    return Conferences.builder(bed.documents(), bed.mixer, bed.time);
  }

  private void blocks(String where) {
    blocked.add(where);
    Inbox<Boolean> never = bed.time.inbox(1);
    try {
      assertThat(never.poll(Duration.ofDays(10_000))).isNull();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Visitor enters(Conferences conferences, String id) {
    Visitor visitor = bed.visitor(id);
    CallflowModule module = conferences.modules().getFirst();
    ModuleContext context = context(visitor);
    bed.begin(() -> Bed.runAsEngine(module, context));
    bed.passes(Duration.ofSeconds(10));
    return visitor;
  }

  private ModuleContext context(Visitor visitor) {
    Node.Action node =
        new Node.Action(JsonPointer.compile("/flow"), "conference", visitor.element(), Map.of());
    ParsedCallflow callflow = new ParsedCallflow("f", "Front door", List.of("1"), List.of(), node);
    return new ModuleContext(
        visitor.call(),
        bed.documents().account(Bed.ACME).orElseThrow(),
        node,
        new CallflowMatch(callflow, Optional.empty(), Map.of()),
        new CallflowLookup(bed.documents()),
        MediaGuard.standard().reader(Bed.ACME, bed.documents()),
        Map.of());
  }

  private List<String> members(Conferences conferences) {
    return bed.run(() ->
        conferences.view(Bed.ROOM).orElseThrow().participants().stream()
            .map(Member::call)
            .map(CallId::value)
            .toList());
  }
}
