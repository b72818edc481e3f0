package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Profile;
import dev.callflow.conference.room.Knock;
import java.util.OptionalInt;

/** Reads the rules of a room out of its document and profile. */
final class RoomRules {

  private static final int RECORDED_FROM = 2;

  private RoomRules() {}

  static Knock.Rules of(ConferenceDocument conference, Profile profile) {
    return new Knock.Rules(
        seats(profile),
        switch (conference.duplicates()) {
          case ALLOW -> Knock.OnDuplicate.ALLOW;
          case REPLACE -> Knock.OnDuplicate.REPLACE;
          case REFUSE -> Knock.OnDuplicate.REFUSE;
        },
        conference.waitForModerator(),
        conference.requireModerator(),
        conference.grace(),
        recordFrom(conference, profile));
  }

  /** The document's {@code max_participants} is the profile's {@code max-members}. */
  static OptionalInt seats(Profile profile) {
    return profile.integer("max-members", 1, Integer.MAX_VALUE);
  }

  private static OptionalInt recordFrom(ConferenceDocument conference, Profile profile) {
    if (!conference.autoRecord() && !profile.autoRecord()) {
      return OptionalInt.empty();
    }
    OptionalInt least = profile.integer("min-required-recording-participants", 1, 1000);
    return least.isPresent() ? least : OptionalInt.of(RECORDED_FROM);
  }
}
