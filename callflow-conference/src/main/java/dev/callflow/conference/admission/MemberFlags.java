package dev.callflow.conference.admission;

import dev.callflow.conference.document.Profile;
import dev.callflow.conference.mixer.MemberFlag;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads a profile's {@code member-flags}, which apply to all legs that join the room. */
final class MemberFlags {

  private MemberFlags() {}

  /**
   * Returns the flags that a profile sets. The moderator flag is ignored because the role is
   * decided during admission.
   */
  static Set<MemberFlag> of(Profile profile) {
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    for (String word : profile.text("member-flags").orElse("").split("[|,]")) {
      flag(word.strip()).ifPresent(flags::add);
    }
    return flags;
  }

  private static Optional<MemberFlag> flag(String word) {
    return switch (word) {
      case "mute" -> Optional.of(MemberFlag.MUTE);
      case "deaf" -> Optional.of(MemberFlag.DEAF);
      case "ghost" -> Optional.of(MemberFlag.GHOST);
      case "vmute" -> Optional.of(MemberFlag.VIDEO_MUTE);
      case "nomoh" -> Optional.of(MemberFlag.NO_MUSIC);
      case "dist-dtmf" -> Optional.of(MemberFlag.DISTRIBUTE_DTMF);
      default -> Optional.empty();
    };
  }
}
