package dev.callflow.testkit.replay.script;

import java.util.Optional;

/** An event that a caller waits for before the next step. */
public sealed interface Trigger {

  /** Returns whether the trigger is a caller's entry into a room or departure from one. */
  default boolean isAboutRooms() {
    return switch (this) {
      case Joined joined -> true;
      case Left left -> true;
      case Hears hears -> false;
      case Answered answered -> false;
      case Start start -> false;
      case Then then -> false;
    };
  }

  /** The caller begins to hear a prompt, file or stream. */
  record Hears(String medium) implements Trigger {
    @Override
    public String toString() {
      return "hears " + medium;
    }
  }

  /** The caller has entered a room. */
  record Joined() implements Trigger {
    @Override
    public String toString() {
      return "joined";
    }
  }

  /** The caller has left a room. */
  record Left() implements Trigger {
    @Override
    public String toString() {
      return "left";
    }
  }

  /** The call is answered. */
  record Answered() implements Trigger {
    @Override
    public String toString() {
      return "answered";
    }
  }

  /** The call arrives. */
  record Start() implements Trigger {
    @Override
    public String toString() {
      return "start";
    }
  }

  /** The previous step is done. */
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
