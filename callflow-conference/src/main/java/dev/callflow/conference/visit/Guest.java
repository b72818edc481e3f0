package dev.callflow.conference.visit;

import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.Call;
import java.util.Optional;
import java.util.Set;

/**
 * A participant whose conference and role are known.
 *
 * @param target the call and the conference
 * @param moderator whether they are a moderator
 * @param invitation the terms on which an operator adds the participant; empty for callers, to whom
 *     the conference document applies
 */
public record Guest(Target target, boolean moderator, Optional<Terms> invitation) {

  /**
   * The terms on which an operator adds a participant.
   *
   * @param flags the member's flags
   * @param profile the name of the mixer profile; empty for the document's profile
   */
  public record Terms(Set<MemberFlag> flags, String profile) {}

  /** Returns a caller whose role has been decided. */
  public static Guest caller(Target target, boolean moderator) {
    return new Guest(target, moderator, Optional.empty());
  }

  /** Returns a participant whom an operator adds. */
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
