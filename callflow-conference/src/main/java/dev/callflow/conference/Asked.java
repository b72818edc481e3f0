package dev.callflow.conference;

import dev.callflow.conference.room.RoomId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the observers what operators ask for, and what has become of it. */
final class Asked {

  private static final Logger LOG = LoggerFactory.getLogger(Asked.class);

  private final List<ConferenceObserver> observers;

  Asked(List<ConferenceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  ActionResult perform(RoomId room, ConferenceAction action, Supplier<ActionResult> what) {
    List<Consumer<ActionResult>> told =
        observers.stream().flatMap(observer -> tell(observer, room, action)).toList();
    ActionResult result = what.get();
    told.forEach(each -> tell(each, result));
    return result;
  }

  private static Stream<Consumer<ActionResult>> tell(
      ConferenceObserver observer, RoomId room, ConferenceAction action) {
    try {
      return Stream.of(observer.asked(room, action));
    } catch (RuntimeException e) {
      LOG.error("an observer of conferences failed", e);
      return Stream.empty();
    }
  }

  private static void tell(Consumer<ActionResult> told, ActionResult result) {
    try {
      told.accept(result);
    } catch (RuntimeException e) {
      LOG.error("an observer of conferences failed", e);
    }
  }
}
