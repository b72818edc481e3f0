package dev.callflow.spring;

import static dev.callflow.spring.InvalidPropertyException.checked;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.record.Retention;
import dev.callflow.freeswitch.CallAccess;
import dev.callflow.freeswitch.restart.PositionKey;
import dev.callflow.host.Callflow;
import dev.callflow.host.Closing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Applies the properties to the builder of Callflow. */
final class CallflowBuilding {

  private CallflowBuilding() {}

  static Callflow.Builder builder(
      CallflowProperties properties, CallflowConnectionDetails connections, DocumentStore store) {
    Callflow.Builder builder = Callflow.builder().documents(store);
    checked("callflow.listen", () -> builder.listen(connections.listen()));
    checked("callflow.allow-from", () -> CallAccess.of(properties.allowFrom(), List.of()));
    builder.access(
        checked(
            "callflow.call-secrets",
            () -> CallAccess.of(properties.allowFrom(), properties.callSecrets())));
    checked("callflow.control-timeout", () -> builder.controlTimeout(properties.controlTimeout()));
    checked(
        "callflow.unreachable-timeout",
        () -> builder.unreachableTimeout(properties.unreachableTimeout()));
    checked("callflow.closing-timeout", () -> builder.closingTimeout(properties.closingTimeout()));
    builder.retention(retention(properties.records()));
    freeSwitches(builder, connections.freeSwitches());
    Optional.ofNullable(properties.defaultAccount())
        .map(AccountId::new)
        .ifPresent(builder::defaultAccount);
    if (properties.closing() == Closing.HAND_OVER) {
      positionKeyFile(properties)
          .map(CallflowBuilding::positionKey)
          .ifPresent(builder::positionKey);
    }
    return builder;
  }

  private static Retention retention(CallflowProperties.Records records) {
    Retention standard = Retention.standard();
    Retention history =
        checked("callflow.records.keep-history", () -> standard.history(records.keepHistory()));
    return checked("callflow.records.keep-audit", () -> history.audit(records.keepAudit()));
  }

  private static void freeSwitches(
      Callflow.Builder builder, List<CallflowProperties.FreeSwitchServer> freeSwitches) {
    for (int i = 0; i < freeSwitches.size(); i++) {
      CallflowProperties.FreeSwitchServer each = freeSwitches.get(i);
      String property = "callflow.free-switch[" + i + "]";
      if (each.password().isEmpty()) {
        throw new InvalidPropertyException(
            property + ".password", "the password of the event socket is missing");
      }
      checked(
          property + ".address",
          () ->
              builder.freeSwitch(
                  each.address(),
                  each.password(),
                  options -> options.profileHasTones(each.profileHasTones())));
    }
  }

  private static Optional<Path> positionKeyFile(CallflowProperties properties) {
    return Optional.ofNullable(properties.positionKeyFile())
        .map(Path::of)
        .or(() ->
            Optional.ofNullable(properties.data())
                .map(folder -> Path.of(folder).resolve(".position-key")));
  }

  private static PositionKey positionKey(Path file) {
    return checked(
        "callflow.position-key-file",
        () -> {
          try {
            return PositionKey.ofFile(file);
          } catch (IOException e) {
            throw new IllegalArgumentException(
                "the file " + file + " can be neither read nor created: " + e.getMessage(), e);
          }
        });
  }
}
