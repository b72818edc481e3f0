package dev.callflow.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.Api;
import dev.callflow.api.smtp.MailServer;
import dev.callflow.api.smtp.MailedInvitations;
import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.SipInvite;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of programs that pages show without a class around them. They are compiled here, and
 * {@link EveryBlockTests} finds them here.
 */
abstract class PageFragments {

  abstract void show(Object... values);

  abstract void hide(Object... values);

  abstract void log(Object... values);

  abstract void update(Object... values);

  abstract void tell(String field, String message);

  abstract void tryAgainLater();

  void observe(Conferences conferences, AccountId acme) throws InterruptedException {
    Conference board = conferences.conference(acme, "b0a4d000000000000000000000000001");
    RoomView view = board.view().orElseThrow();

    try (EventStream events = board.events(view.version(), 1_000)) {
      while (true) {
        switch (events.next(Duration.ofMinutes(1)).orElse(null)) {
          case EventStream.Item.Happened(ConferenceEvent event) -> show(event);
          case EventStream.Item.Missed(long count) -> view = board.view().orElseThrow();
          case null -> {}
        }
      }
    }
  }

  void handle(Conferences conferences) {
    conferences.onEvent(event -> {
      switch (event) {
        case ConferenceEvent.MemberJoined joined ->
            show(
                joined.conference(),
                joined.participant().callerName(),
                joined.participant().moderator());
        case ConferenceEvent.MemberLeft left -> hide(left.conference(), left.participant().call());
        case ConferenceEvent.CallerRefused refused -> log(refused.callerNumber(), refused.reason());
        case ConferenceEvent.OfParticipant other -> update(other.conference(), other.participant());
        default -> {}
      }
    });
  }

  void act(Conference board, String callId) throws InterruptedException {
    ActionResult result = board.perform(new ConferenceAction.Mute(callId, true), "request-4711");
    switch (result) {
      case ActionResult.Done done -> {}
      case ActionResult.Refused refused -> tell(refused.field(), refused.message());
      case ActionResult.Unknown unknown -> tryAgainLater();
    }
  }

  void dial(Conference board, String deviceOrUserId) throws InterruptedException {
    DialRequest request =
        DialRequest.to(
            List.of(
                new Endpoint.Owned(deviceOrUserId),
                new Endpoint.Number("1002"),
                new Endpoint.Sip("sip:bob@example.com")));
    ActionResult.Done done = (ActionResult.Done) board.perform(new ConferenceAction.Dial(request));
    done.dialled().forEach(leg -> show(leg.endpoint(), leg.joined(), leg.message()));
  }

  Callflow history(String password) {
    RecordStore records = new MemoryRecords();
    Callflow callflow =
        Callflow.builder()
            .data(Path.of("data"))
            .freeSwitch("127.0.0.1:8021", password)
            .records(records)
            .start();
    return callflow;
  }

  void guard(DocumentStore documents, Mixer mixer, TimeSource time) {
    MediaGuard guard =
        MediaGuard.standard().folder("/srv/media/{account}").host("media.example.com");
    Conferences conferences = Conferences.builder(documents, mixer, time).media(guard).build();
    CallflowEngine.builder(documents, time).media(guard);
    show(conferences);
  }

  void store(
      String user, String password, AccountId acme, ObjectNode account, ObjectNode conference) {
    JdbcStore store =
        JdbcStore.open(
            StoreOptions.of("jdbc:postgresql://db.example.com/calls")
                .login(user, password)
                .deadline(Duration.ofSeconds(2)),
            TimeSource.system());
    store.account(acme, account);
    store.create(acme, DocumentType.CONFERENCE, "c1", conference);
  }

  void mail(EditableStore documents, Conferences conferences, TimeSource time) {
    Api api =
        Api.builder(documents, conferences, time)
            .invitations(
                MailedInvitations.builder(
                        MailServer.of("smtp+starttls://mail.example.com"),
                        "noreply@example.com",
                        time)
                    .build())
            .build();
    show(api);
  }

  void invite(SimulatedFreeSwitch freeSwitch) {
    SimulatedCaller alice =
        freeSwitch.call(
            SipInvite.of("1001", "Alice", "2000")
                .realm("acme.example.com")
                .address("198.51.100.4")
                .header("X-Account", "acme")); // becomes the variable sip_h_X-Account
    assertThat(alice.heard()).isEmpty();
  }
}
