package dev.callflow.api.delivery;

import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates ids that no other host creates and whose order is the order of their creation, also after
 * a restart.
 */
final class DeliveryIds {

  private final AtomicLong last;

  DeliveryIds(TimeSource time) {
    last = new AtomicLong(ChronoUnit.MICROS.between(Instant.EPOCH, time.now()));
  }

  String next() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(last.incrementAndGet())
        + hex.toHexDigits(ThreadLocalRandom.current().nextInt());
  }
}
