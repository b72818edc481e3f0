package dev.callflow.conference.document;

import dev.callflow.conference.room.JoinRequest;
import java.util.OptionalInt;

/** Derives the rules of a room from its document and profile. */
public final class RoomRules {

  private static final int MIN_RECORDED = 2;

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

  /**
   * Returns the number of seats. The document's {@code max_participants} is part of the merged
   * profile as {@code max-members}.
   */
  public static OptionalInt seats(Profile profile) {
    return profile.integer("max-members", 1, Integer.MAX_VALUE);
  }

  private static OptionalInt recordFrom(ConferenceDocument conference, Profile profile) {
    if (!conference.mixing().autoRecord() && !profile.autoRecord()) {
      return OptionalInt.empty();
    }
    OptionalInt minimum = profile.integer("min-required-recording-participants", 1, 1000);
    return minimum.isPresent() ? minimum : OptionalInt.of(MIN_RECORDED);
  }
}
