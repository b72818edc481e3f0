package dev.callflow.api.access;

import dev.callflow.core.listen.Subscription;
import java.util.Optional;

/** Asks a second authenticator about the tokens that the first does not know. */
record EitherAuthenticator(Authenticator first, Authenticator second) implements Authenticator {

  @Override
  public Optional<Access> authenticate(String token) {
    return first.authenticate(token).or(() -> second.authenticate(token));
  }

  @Override
  public String name(String token) {
    String name = first.name(token);
    return name.isEmpty() ? second.name(token) : name;
  }

  @Override
  public Subscription onChange(Runnable listener) {
    Subscription one = first.onChange(listener);
    Subscription other = second.onChange(listener);
    return () -> {
      one.close();
      other.close();
    };
  }
}
