package dev.callflow.testkit.junit;

import dev.callflow.simulator.model.SimRoomState;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a room of a simulated switch. */
// AssertJ is an optional dependency: only users of the assertions need it.
@SuppressWarnings("exports")
public final class RoomAssert extends AbstractAssert<RoomAssert, SimRoomState> {

  RoomAssert(SimRoomState actual) {
    super(actual, RoomAssert.class);
  }

  /**
   * Asserts how many members are in the room, not counting ghosts.
   *
   * @param size the number of members
   * @return this assertion
   */
  public RoomAssert hasMembers(int size) {
    return has("the number of members", size, actual.size());
  }

  /**
   * Asserts that the room is locked.
   *
   * @return this assertion
   */
  public RoomAssert isLocked() {
    return has("the locked flag", true, actual.locked());
  }

  /**
   * Asserts that the room is not locked.
   *
   * @return this assertion
   */
  public RoomAssert isUnlocked() {
    return has("the locked flag", false, actual.locked());
  }

  /**
   * Asserts that the room is being recorded.
   *
   * @return this assertion
   */
  public RoomAssert isRecorded() {
    return has("the recording flag", true, !actual.recordings().isEmpty());
  }

  private RoomAssert has(String what, Object expected, Object was) {
    isNotNull();
    if (!Objects.equals(expected, was)) {
      failWithMessage("expected %s of %s to be %s, but was %s", what, actual.name(), expected, was);
    }
    return this;
  }
}
