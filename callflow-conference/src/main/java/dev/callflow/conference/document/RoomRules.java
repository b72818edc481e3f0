package dev.callflow.conference.document;

import dev.callflow.conference.room.JoinRequest;
import java.util.OptionalInt;

/** Reads the rules of a room out of its document and profile. */
public final class RoomRules {

  /**
   * How far the mixer's own limit of members lies above ours: the room decides who gets a seat, and
   * the mixer's limit only bounds what a fault of ours could do.
   */
  public static final int MIXER_MARGIN = 10;

  private static final int RECORDED_FROM = 2;

  private RoomRules() {}

  public static JoinRequest.Rules of(ConferenceDocument conference, Profile profile) {
    return new JoinRequest.Rules(
        seats(profile),
        switch (conference.seating().duplicates()) {
          case ALLOW -> JoinRequest.OnDuplicate.ALLOW;
          case REPLACE -> JoinRequest.OnDuplicate.REPLACE;
          case REFUSE -> JoinRequest.OnDuplicate.REFUSE;
        },
        conference.moderation().waitForModerator(),
        conference.moderation().requireModerator(),
        conference.moderation().grace(),
        recordFrom(conference, profile));
  }

  /** The document's {@code max_participants} is the profile's {@code max-members}. */
  public static OptionalInt seats(Profile profile) {
    return profile.integer("max-members", 1, Integer.MAX_VALUE);
  }

  private static OptionalInt recordFrom(ConferenceDocument conference, Profile profile) {
    if (!conference.mixing().autoRecord() && !profile.autoRecord()) {
      return OptionalInt.empty();
    }
    OptionalInt least = profile.integer("min-required-recording-participants", 1, 1000);
    return least.isPresent() ? least : OptionalInt.of(RECORDED_FROM);
  }
}
