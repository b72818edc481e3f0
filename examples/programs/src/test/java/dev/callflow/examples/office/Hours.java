package dev.callflow.examples.office;

import dev.callflow.core.ParsedData;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When an office is open, and the key with which callers reach it at other times. */
record Hours(
    ZoneId zone, LocalTime opens, LocalTime closes, Set<DayOfWeek> days, String emergencyKey) {

  Hours {
    days = Set.copyOf(days);
  }

  /** Parses data that the schema accepts, and that has the defaults of the schema. */
  static ParsedData<Hours> parse(ObjectNode data) {
    String zone = data.get("timezone").asString();
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      return ParsedData.invalid("/timezone", "must be a time zone such as Asia/Tokyo");
    }
    LocalTime opens = LocalTime.parse(data.get("opens").asString());
    LocalTime closes = LocalTime.parse(data.get("closes").asString());
    if (!opens.isBefore(closes)) {
      return ParsedData.invalid("/closes", "must be later than opens");
    }
    Set<DayOfWeek> days = new HashSet<>();
    for (JsonNode day : data.get("days")) {
      days.add(DayOfWeek.valueOf(day.asString().toUpperCase(Locale.ROOT)));
    }
    String key = data.get("emergency_key").asString();
    return ParsedData.valid(new Hours(ZoneId.of(zone), opens, closes, days, key));
  }

  boolean include(ZonedDateTime time) {
    LocalTime clock = time.toLocalTime();
    return days.contains(time.getDayOfWeek()) && !clock.isBefore(opens) && clock.isBefore(closes);
  }
}
