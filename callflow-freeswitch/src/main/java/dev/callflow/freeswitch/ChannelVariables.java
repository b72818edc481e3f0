package dev.callflow.freeswitch;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values that may become channel variables: FreeSWITCH expands what looks like an expression. */
final class ChannelVariables {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelVariables.class);

  /** Signs of which one parts the variables of a {@code multiset}; values rarely have them all. */
  private static final String SEPARATORS = "~|^#:;,";

  private ChannelVariables() {}

  static boolean isSafe(String value) {
    return value.indexOf('$') < 0
        && value.indexOf('\\') < 0
        && value.indexOf('\'') < 0
        && value.chars().noneMatch(c -> c < ' ' || c == 0x7f);
  }

  /** The argument of {@code multiset}; values that are not safe are left out and reported. */
  static Optional<String> multiset(Map<String, String> variables) {
    StringBuilder all = new StringBuilder();
    for (char separator : SEPARATORS.toCharArray()) {
      if (variables.values().stream().noneMatch(value -> value.indexOf(separator) >= 0)) {
        variables.forEach((name, value) -> {
          if (!isSafe(value)) {
            LOG.warn("variable {} cannot be set: its value could be expanded", name);
          } else if (!value.isEmpty()) {
            all.append(all.isEmpty() ? "^^" + separator : String.valueOf(separator))
                .append(name)
                .append('=')
                .append(value);
          }
        });
        return Optional.of(all.toString()).filter(text -> !text.isEmpty());
      }
    }
    LOG.warn("variables {} cannot be set together", variables.keySet());
    return Optional.empty();
  }
}
