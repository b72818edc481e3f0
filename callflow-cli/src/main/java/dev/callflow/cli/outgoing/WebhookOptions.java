package dev.callflow.cli.outgoing;

import dev.callflow.api.delivery.WebhookDelivery;
import dev.callflow.conference.Conferences;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for webhooks. */
public final class WebhookOptions {

  @Option(
      names = "--allow-webhook-to",
      paramLabel = "HOST[:PORT]",
      split = ",",
      description =
          "The receivers of webhooks that may have private addresses, and that may be called with"
              + " http. Default: only https and public addresses")
  private List<String> targets = List.of();

  /** Creates the options with their defaults. */
  public WebhookOptions() {}

  /**
   * Starts the deliveries.
   *
   * @param documents the store that holds the webhooks
   * @param records the store of records, which holds what is to be delivered
   * @param conferences the conferences whose events are delivered
   * @return the running deliveries; close them to stop
   * @throws IllegalArgumentException if a target is not a host with or without a port
   */
  public WebhookDelivery start(
      EditableStore documents, RecordStore records, Conferences conferences) {
    return WebhookDelivery.builder(documents, records, conferences, TimeSource.system())
        .allow(targets)
        .start();
  }
}
