package dev.callflow.conference.visit;

import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.Call;
import java.util.Optional;
import java.util.Set;

/**
 * A participant whose conference and role are known.
 *
 * @param target the participant's call and conference
 * @param moderator whether they are a moderator
 * @param invitation how they join if an operator brings them in; empty for callers, who join as the
 *     conference's document says
 */
public record Guest(Target target, boolean moderator, Optional<Terms> invitation) {

  /**
   * How an operator has a participant join.
   *
   * @param flags the member's flags
   * @param profile the name of the mixer's profile; empty for the document's
   */
  public record Terms(Set<MemberFlag> flags, String profile) {}

  /** A caller whose role has been decided. */
  public static Guest caller(Target target, boolean moderator) {
    return new Guest(target, moderator, Optional.empty());
  }

  /** A participant whom an operator brings in. */
  public static Guest invited(Target target, Terms terms) {
    return new Guest(target, terms.flags().contains(MemberFlag.MODERATOR), Optional.of(terms));
  }

  public Call call() {
    return target.call();
  }

  public RoomId room() {
    return target.room();
  }
}
