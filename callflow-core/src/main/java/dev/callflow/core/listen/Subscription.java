package dev.callflow.core.listen;

/**
 * The registration of a listener. A listener whose subscription is never closed stays registered.
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /**
   * Removes the listener. A call of the listener that has begun is not interrupted, and does not
   * delay this method. Does nothing if the listener has been removed already.
   */
  @Override
  void close();
}
