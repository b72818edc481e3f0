package dev.callflow.testkit.replay.script;

import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the callee that a room dials, by the endpoint or by the id of the device. */
public final class Callees {

  private final Map<String, ScriptedCallee> callees;
  private final List<AccountDocuments> accounts;

  public Callees(Map<String, ScriptedCallee> callees, List<AccountDocuments> accounts) {
    this.callees = callees;
    this.accounts = accounts;
  }

  public Optional<ScriptedCallee> find(DialTarget target) {
    return switch (target) {
      case DialTarget.Address(String user, String host, int port, boolean secure) -> {
        String uri =
            (secure ? "sips:" : "sip:") + user + "@" + host + (port == 0 ? "" : ":" + port);
        yield Optional.ofNullable(callees.get(uri)).or(() -> byDevice("route", uri));
      }
      case DialTarget.Registered(String user, String realm) ->
          Optional.ofNullable(callees.get(user + "@" + realm)).or(() -> byDevice("username", user));
      case DialTarget.Number(String number) -> Optional.ofNullable(callees.get(number));
    };
  }

  private Optional<ScriptedCallee> byDevice(String key, String value) {
    return accounts.stream()
        .flatMap(account -> account.documents().stream())
        .filter(owned -> owned.type() == DocumentType.DEVICE)
        .filter(owned ->
            Json.object(owned.body(), "sip")
                .flatMap(sip -> Json.text(sip, key))
                .filter(value::equals)
                .isPresent())
        .flatMap(owned -> Stream.ofNullable(callees.get(owned.id())))
        .findFirst();
  }
}
