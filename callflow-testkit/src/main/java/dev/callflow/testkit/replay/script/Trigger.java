package dev.callflow.testkit.replay.script;

import java.util.Optional;

/** What a caller waits for before his next step. */
public sealed interface Trigger {

  /** It begins to play to him. */
  record Hears(String medium) implements Trigger {
    @Override
    public String toString() {
      return "hears " + medium;
    }
  }

  /** He is in a room. */
  record Joined() implements Trigger {
    @Override
    public String toString() {
      return "joined";
    }
  }

  /** He is out of a room. */
  record Left() implements Trigger {
    @Override
    public String toString() {
      return "left";
    }
  }

  /** His call is answered. */
  record Answered() implements Trigger {
    @Override
    public String toString() {
      return "answered";
    }
  }

  /** His call arrives. */
  record Start() implements Trigger {
    @Override
    public String toString() {
      return "start";
    }
  }

  /** His step before this one is done. */
  record Then() implements Trigger {
    @Override
    public String toString() {
      return "then";
    }
  }

  static Optional<Trigger> parse(String text) {
    if (text.startsWith("hears ") && !text.substring(6).isBlank()) {
      return Optional.of(new Hears(text.substring(6)));
    }
    return switch (text) {
      case "joined" -> Optional.of(new Joined());
      case "left" -> Optional.of(new Left());
      case "answered" -> Optional.of(new Answered());
      case "start" -> Optional.of(new Start());
      case "then" -> Optional.of(new Then());
      default -> Optional.empty();
    };
  }
}
