package dev.callflow.freeswitch.restart;

import dev.callflow.core.document.Json;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A channel in FreeSWITCH's listing.
 *
 * @param uuid the channel's uuid, which has not been checked
 * @param application the application that it runs; empty for none
 */
record ListedChannel(String uuid, String application) {

  private static final Logger LOG = LoggerFactory.getLogger(ListedChannel.class);

  /** Reads the answer to {@code show channels as json}; empty if it is not such an answer. */
  static List<ListedChannel> listed(String answer) {
    List<ListedChannel> channels = new ArrayList<>();
    try {
      for (JsonNode channel : Json.read(answer).path("rows").values()) {
        channels.add(
            new ListedChannel(
                channel.path("uuid").asString(""), channel.path("application").asString("")));
      }
    } catch (JacksonException e) {
      LOG.warn("cannot continue calls of an earlier process: the list of channels is not JSON");
    }
    return channels;
  }

  boolean isInRoom() {
    return application.equals("conference");
  }
}
