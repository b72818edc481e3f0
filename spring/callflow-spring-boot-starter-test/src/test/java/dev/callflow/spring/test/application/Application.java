package dev.callflow.spring.test.application;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.HangupCause;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** An application with a module and a component that tests of callflows do not need. */
@SpringBootApplication
public class Application {

  @Component
  static final class Goodbye implements CallflowModule {
    @Override
    public String name() {
      return "goodbye";
    }

    @Override
    public Outcome run(ModuleContext context) {
      return new Outcome.HangUp(HangupCause.CALL_REJECTED);
    }
  }
}
