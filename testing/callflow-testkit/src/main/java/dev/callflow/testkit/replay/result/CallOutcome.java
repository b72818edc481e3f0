package dev.callflow.testkit.replay.result;

import dev.callflow.testkit.replay.text.Durations;
import dev.callflow.testkit.replay.text.SideBySide;
import dev.callflow.testkit.replay.text.Timed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a call in a case.
 *
 * @param name the name of the call in the case
 * @param answered whether the call was answered
 * @param heard the media that were played to the caller outside rooms, in order
 * @param joined the first conference that the caller joined; empty if there was none
 * @param moderator whether the caller was a moderator of that conference
 * @param outcome the outcome of the first conference node, as branches name it; empty if no such
 *     node ended
 * @param branch the modules that ran after the first conference node
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
   * A media item that was played to a caller.
   *
   * @param medium the media item, as the engine names it
   * @param at the time since the start of the case
   */
  public record Heard(String medium, Duration at) {}

  /**
   * How a call ended.
   *
   * @param by {@code caller}, {@code callee}, {@code engine} or {@code switch}
   * @param cause the name of the hangup cause, such as {@code NORMAL_CLEARING}
   * @param at the time since the start of the case
   */
  public record Ending(String by, String cause, Duration at) {}

  /** Copies the lists. */
  public CallOutcome {
    heard = List.copyOf(heard);
    branch = List.copyOf(branch);
  }

  /**
   * Compares the media that were heard with the expected media.
   *
   * @param media the expected media, in order
   * @return both lists side by side, with the times; empty if they are equal
   */
  public String differenceOfHeard(List<String> media) {
    return media.equals(heard.stream().map(Heard::medium).toList())
        ? ""
        : SideBySide.text(
            media, heard.stream().map(it -> new Timed<>(it.at(), it.medium())).toList());
  }

  /** Returns a description of the call, one event per line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    heard.forEach(it ->
        text.append("\n  ").append(Durations.text(it.at())).append(" hears ").append(it.medium()));
    joined.ifPresent(room -> text.append("\n  was in ").append(room));
    outcome.ifPresent(it -> text.append("\n  outcome of the conference node: ").append(it));
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
