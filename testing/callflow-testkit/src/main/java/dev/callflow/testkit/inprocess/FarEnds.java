package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.FarEnd;

/** The parties that rooms can dial. */
public interface FarEnds {

  /** No parties: every dialled address is refused with {@code NO_ROUTE_DESTINATION}. */
  FarEnds NONE =
      new FarEnds() {
        @Override
        public FarEnd at(CallId leg, DialTarget target) {
          return new FarEnd.Refuses(HangupCause.of("NO_ROUTE_DESTINATION"));
        }

        @Override
        public void inside(CallId leg, CallId inside, DialOrder order, String number) {}
      };

  /**
   * Returns how the party at an address behaves. Called just before the leg rings.
   *
   * @param leg the dialled leg
   * @param target the dialled address; never a {@link DialTarget.Number}
   * @return how the party behaves
   */
  FarEnd at(CallId leg, DialTarget target);

  /**
   * Starts the far half of a call to a number, as an internal call that runs the callflow of the
   * number. The near half answers when the far half does, and both end together.
   *
   * @param leg the near half
   * @param inside the id of the far half's channel
   * @param order the dial order, with the variables for the far half
   * @param number the dialled number
   */
  void inside(CallId leg, CallId inside, DialOrder order, String number);
}
