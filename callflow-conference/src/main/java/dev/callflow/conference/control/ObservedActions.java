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

/** Reports actions and their results to the observers. */
public final class ObservedActions {

  private static final Logger LOG = LoggerFactory.getLogger(ObservedActions.class);

  private final List<ConferenceObserver> observers;

  public ObservedActions(List<ConferenceObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  public ActionResult perform(
      RoomId room, ConferenceAction action, Supplier<ActionResult> perform) {
    List<Consumer<ActionResult>> listeners =
        observers.stream().flatMap(observer -> begin(observer, room, action)).toList();
    ActionResult result = perform.get();
    listeners.forEach(each -> end(each, result));
    return result;
  }

  private static Stream<Consumer<ActionResult>> begin(
      ConferenceObserver observer, RoomId room, ConferenceAction action) {
    try {
      return Stream.of(observer.actionRequested(room, action));
    } catch (RuntimeException e) {
      LOG.error("a conference observer failed", e);
      return Stream.empty();
    }
  }

  private static void end(Consumer<ActionResult> listener, ActionResult result) {
    try {
      listener.accept(result);
    } catch (RuntimeException e) {
      LOG.error("a conference observer failed", e);
    }
  }
}
