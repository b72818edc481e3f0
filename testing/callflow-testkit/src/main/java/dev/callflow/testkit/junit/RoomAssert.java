package dev.callflow.testkit.junit;

import dev.callflow.simulator.model.SimRoomState;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** Asserts on a room of a simulated switch. */
// Users of AssertJ have it; all others need not.
@SuppressWarnings("exports")
public final class RoomAssert extends AbstractAssert<RoomAssert, SimRoomState> {

  RoomAssert(SimRoomState actual) {
    super(actual, RoomAssert.class);
  }

  /**
   * Asserts how many are in, without ghosts.
   *
   * @param size their number
   * @return this assertion
   */
  public RoomAssert hasMembers(int size) {
    return has("the number of members", size, actual.size());
  }

  /**
   * Asserts that it is locked.
   *
   * @return this assertion
   */
  public RoomAssert isLocked() {
    return has("being locked", true, actual.locked());
  }

  /**
   * Asserts that it is not locked.
   *
   * @return this assertion
   */
  public RoomAssert isUnlocked() {
    return has("being locked", false, actual.locked());
  }

  /**
   * Asserts whether it is being recorded.
   *
   * @return this assertion
   */
  public RoomAssert isRecorded() {
    return has("being recorded", true, !actual.recordings().isEmpty());
  }

  private RoomAssert has(String what, Object expected, Object was) {
    isNotNull();
    if (!Objects.equals(expected, was)) {
      failWithMessage("expected %s of %s to be %s, was %s", what, actual.name(), expected, was);
    }
    return this;
  }
}
