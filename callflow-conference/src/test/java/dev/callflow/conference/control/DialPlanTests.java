package dev.callflow.conference.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.document.DocumentType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The legs that are dialled for each kind of endpoint. */
class DialPlanTests {

  private static final String PHONE = "phone000000000000000000000000000";
  private static final String OFFICE = "office00000000000000000000000000";
  private static final String ANN = "ann00000000000000000000000000000";

  private final Bed bed = new Bed();

  DialPlanTests() {
    bed.store.account(Bed.ACME, Bed.json("{\"realm\":\"acme.example.com\"}"));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aNumberBecomesANumberTarget() {
    assertThat(plan(new Endpoint.Number("+49301")))
        .containsExactly(callable("+49301", new DialTarget.Number("+49301")));
  }

  @Test
  void aSipAddressIsCalledUnchanged() {
    assertThat(plan(new Endpoint.Sip("sips:ann@example.com:5061")))
        .containsExactly(
            callable(
                "sips:ann@example.com:5061",
                new DialTarget.Address("ann", "example.com", 5061, true)));
  }

  @Test
  void anInvalidSipAddressIsNotCalled() {
    assertThat(plan(new Endpoint.Sip("sip:example.com")))
        .containsExactly(failed("sip:example.com", "the endpoint is not a SIP address"));
  }

  @Test
  void anUnknownIdIsNotCalled() {
    assertThat(plan(new Endpoint.Owned(PHONE))).containsExactly(failed(PHONE, "not_found"));
  }

  @Test
  void aDeviceIsCalledAtItsRegistration() {
    device(PHONE, "{\"sip\":{\"username\":\"phone\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(callable(PHONE, new DialTarget.Registered("phone", "acme.example.com")));
  }

  @Test
  void theDevicesRealmTakesPrecedenceOverTheAccounts() {
    device(PHONE, "{\"sip\":{\"username\":\"phone\",\"realm\":\"other.example.com\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(callable(PHONE, new DialTarget.Registered("phone", "other.example.com")));
  }

  @Test
  void aDevicesRouteTakesPrecedenceOverItsRegistration() {
    device(PHONE, "{\"sip\":{\"username\":\"phone\",\"route\":\"sip:line1@192.0.2.7\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(callable(PHONE, new DialTarget.Address("line1", "192.0.2.7", 0, false)));
  }

  @Test
  void aDevicesRouteMustBeASipAddress() {
    device(PHONE, "{\"sip\":{\"username\":\"phone\",\"route\":\"line1@192.0.2.7\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(failed(PHONE, "the device's route is not a SIP address"));
  }

  @Test
  void aForwardingDeviceIsCalledAtItsForwardingNumber() {
    device(
        PHONE,
        """
        {"call_forward": {"enabled": true, "number": "49309"},
         "sip": {"username": "phone", "route": "sip:line1@192.0.2.7"}}
        """);

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(callable(PHONE, new DialTarget.Number("49309")));
  }

  @Test
  void aForwardIsIgnoredIfItIsDisabledOrHasNoValidNumber() {
    device(PHONE, "{\"call_forward\":{\"number\":\"49309\"},\"sip\":{\"username\":\"phone\"}}");
    device(
        OFFICE,
        """
        {"call_forward": {"enabled": true, "number": "${system(id)}"},
         "sip": {"username": "office"}}
        """);

    assertThat(plan(new Endpoint.Owned(PHONE), new Endpoint.Owned(OFFICE)))
        .containsExactly(
            callable(PHONE, new DialTarget.Registered("phone", "acme.example.com")),
            callable(OFFICE, new DialTarget.Registered("office", "acme.example.com")));
  }

  @Test
  void aDisabledDeviceIsNotCalled() {
    device(PHONE, "{\"enabled\":false,\"sip\":{\"username\":\"phone\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(failed(PHONE, "the device is disabled"));
  }

  @Test
  void aDeviceSetToDoNotDisturbIsNotCalled() {
    device(PHONE, "{\"do_not_disturb\":{\"enabled\":true},\"sip\":{\"username\":\"phone\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE)))
        .containsExactly(failed(PHONE, "the device has do-not-disturb enabled"));
  }

  @Test
  void aDeviceWithoutAValidUserIsNotCalled() {
    device(PHONE, "{}");
    device(OFFICE, "{\"sip\":{\"username\":\"a b\"}}");

    assertThat(plan(new Endpoint.Owned(PHONE), new Endpoint.Owned(OFFICE)))
        .containsExactly(
            failed(PHONE, "the device has no address"),
            failed(OFFICE, "the device has no address"));
  }

  @Test
  void aUserIsCalledOnAllTheirDevices() {
    bed.document(DocumentType.USER, ANN, "{}");
    device(PHONE, "{\"owner_id\":\"" + ANN + "\",\"sip\":{\"username\":\"phone\"}}");
    device(OFFICE, "{\"owner_id\":\"" + ANN + "\",\"sip\":{\"username\":\"office\"}}");
    device("another", "{\"owner_id\":\"bob\",\"sip\":{\"username\":\"another\"}}");

    assertThat(plan(new Endpoint.Owned(ANN)))
        .containsExactly(
            callable(OFFICE, new DialTarget.Registered("office", "acme.example.com")),
            callable(PHONE, new DialTarget.Registered("phone", "acme.example.com")));
  }

  @Test
  void aUserWithoutADeviceIsNotCalled() {
    bed.document(DocumentType.USER, ANN, "{}");

    assertThat(plan(new Endpoint.Owned(ANN)))
        .containsExactly(failed(ANN, "the user has no device"));
  }

  @Test
  void aDeviceThatIsNotStoredCanBeCalled() {
    assertThat(
            plan(
                new Endpoint.Inline(
                    Bed.json("{\"id\":\"lobby\",\"sip\":{\"username\":\"lobby\"}}"))))
        .containsExactly(callable("lobby", new DialTarget.Registered("lobby", "acme.example.com")));
  }

  private List<String> names(Endpoint... endpoints) {
    return DialPlan.of(Bed.ACME, List.of(endpoints), bed.store).stream()
        .map(DialPlan::name)
        .toList();
  }

  @Test
  void aPartyIsNamedAfterTheOwnerOfTheDeviceOrTheDevice() {
    bed.document(DocumentType.USER, ANN, "{\"first_name\":\"Ann\",\"last_name\":\"Lee\"}");
    device("d1", "{\"owner_id\":\"%s\",\"sip\":{\"route\":\"sip:a@h\"}}".formatted(ANN));
    device("d2", "{\"name\":\"Lobby\",\"sip\":{\"route\":\"sip:b@h\"}}");

    assertThat(names(new Endpoint.Owned("d1"), new Endpoint.Owned("d2")))
        .containsExactly("Ann Lee", "Lobby");
  }

  @Test
  void aPartyWithoutADocumentIsNamedAfterTheNumberOrUserThatIsCalled() {
    assertThat(names(new Endpoint.Number("1002"), new Endpoint.Sip("sip:bob@example.com")))
        .containsExactly("1002", "bob");
  }

  private void device(String id, String json) {
    bed.document(DocumentType.DEVICE, id, json);
  }

  private List<DialPlan> plan(Endpoint... endpoints) {
    return DialPlan.of(Bed.ACME, List.of(endpoints), bed.store).stream()
        .map(plan -> new DialPlan(plan.endpoint(), "", plan.target(), plan.problem()))
        .toList();
  }

  private static DialPlan callable(String endpoint, DialTarget target) {
    return new DialPlan(endpoint, "", Optional.of(target), "");
  }

  private static DialPlan failed(String endpoint, String problem) {
    return new DialPlan(endpoint, "", Optional.empty(), problem);
  }
}
