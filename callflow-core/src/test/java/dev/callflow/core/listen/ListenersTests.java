package dev.callflow.core.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How listeners are called and removed. */
class ListenersTests {

  private final Listeners<String> listeners = new Listeners<>("the test");
  private final List<String> received = new ArrayList<>();

  @Test
  void aListenerIsCalledUntilItsSubscriptionIsClosed() {
    Subscription subscription = listeners.add(received::add);

    listeners.call("one");
    subscription.close();
    listeners.call("two");

    assertThat(received).containsExactly("one");
    assertThat(listeners.isEmpty()).isTrue();
  }

  @Test
  void aListenerThatIsAddedTwiceIsRemovedOnce() {
    Consumer<String> twice = received::add;
    Subscription first = listeners.add(twice);
    listeners.add(twice);

    first.close();
    first.close();
    listeners.call("one");

    assertThat(received).containsExactly("one");
  }

  @Test
  void aListenerThatFailsDoesNotStopTheOthers() {
    listeners.add(item -> {
      throw new IllegalStateException("the listener fails, as the test wants");
    });
    listeners.add(received::add);

    listeners.call("one");

    assertThat(received).containsExactly("one");
  }
}
