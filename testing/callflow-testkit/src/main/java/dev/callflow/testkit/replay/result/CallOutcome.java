package dev.callflow.testkit.replay.result;

import dev.callflow.testkit.replay.text.Durations;
import dev.callflow.testkit.replay.text.SideBySide;
import dev.callflow.testkit.replay.text.Timed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of a call of a case.
 *
 * @param name its name in the case
 * @param answered whether it was answered
 * @param heard what was played to the caller outside of rooms, in order
 * @param joined the first conference that the caller was in; empty if there was none
 * @param moderator whether the caller was a moderator there
 * @param outcome how the first visit to a conference ended, in the words of its branches; empty if
 *     there was none
 * @param branch the modules that ran behind the first conference node
 * @param ending how the call ended; empty if it did not
 */
public record CallOutcome(
    String name,
    boolean answered,
    List<Heard> heard,
    Optional<String> joined,
    boolean moderator,
    Optional<String> outcome,
    List<String> branch,
    Optional<Ending> ending) {

  /**
   * Something that was played to a caller.
   *
   * @param medium what, as the engine has asked for it
   * @param at when, from the start of the case
   */
  public record Heard(String medium, Duration at) {}

  /**
   * How a call ended.
   *
   * @param by {@code caller}, {@code callee}, {@code engine} or {@code switch}
   * @param cause the cause's name, such as {@code NORMAL_CLEARING}
   * @param at when, from the start of the case
   */
  public record Ending(String by, String cause, Duration at) {}

  /** Copies the lists. */
  public CallOutcome {
    heard = List.copyOf(heard);
    branch = List.copyOf(branch);
  }

  /**
   * Compares what was heard with what should have been.
   *
   * @param media what should have been heard, in order
   * @return both side by side, with the times; empty if they are the same
   */
  public String differenceOfHeard(List<String> media) {
    return media.equals(heard.stream().map(Heard::medium).toList())
        ? ""
        : SideBySide.text(
            media, heard.stream().map(it -> new Timed<>(it.at(), it.medium())).toList());
  }

  /** Words what happened to the caller, line by line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    heard.forEach(it ->
        text.append("\n  ").append(Durations.text(it.at())).append(" hears ").append(it.medium()));
    joined.ifPresent(room -> text.append("\n  was in ").append(room));
    outcome.ifPresent(it -> text.append("\n  ended the visit as ").append(it));
    ending.ifPresent(it ->
        text.append("\n  ")
            .append(Durations.text(it.at()))
            .append(" the call ended: ")
            .append(it.cause())
            .append(", by ")
            .append(it.by()));
    return text.toString();
  }
}
