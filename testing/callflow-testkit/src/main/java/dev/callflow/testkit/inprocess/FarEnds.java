package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.FarEnd;

/** The far ends of calls that rooms place. */
public interface FarEnds {

  /** Nobody is ever there. */
  FarEnds NOBODY =
      new FarEnds() {
        @Override
        public FarEnd at(CallId leg, DialTarget target) {
          return new FarEnd.Refuses(HangupCause.of("NO_ROUTE_DESTINATION"));
        }

        @Override
        public void inside(CallId leg, CallId inside, DialOrder order, String number) {}
      };

  /**
   * Tells how a party behaves that is called at an address; called when the leg is about to ring.
   *
   * @param leg the leg
   * @param target whom it calls; never a number
   * @return how the party behaves
   */
  FarEnd at(CallId leg, DialTarget target);

  /**
   * Lets the far half of a call to a number arrive: as a call from inside that runs through the
   * callflow of the number. The near half answers when it does, and they end together.
   *
   * @param leg the near half
   * @param inside the far half, to be given to the switch
   * @param order with its variables
   * @param number the number
   */
  void inside(CallId leg, CallId inside, DialOrder order, String number);
}
