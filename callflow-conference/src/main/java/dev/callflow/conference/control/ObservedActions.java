package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceObserver;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the observers what operators ask for, and what has become of it. */
public final class ObservedActions {

  private static final Logger LOG = LoggerFactory.getLogger(ObservedActions.class);

  private final List<ConferenceObserver> observers;

  public ObservedActions(List<ConferenceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  public ActionResult perform(RoomId room, ConferenceAction action, Supplier<ActionResult> what) {
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
