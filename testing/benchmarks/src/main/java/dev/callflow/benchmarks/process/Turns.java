package dev.callflow.benchmarks.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figures of subjects that took turns, so that background load affected all of them equally.
 *
 * @param figures the figures of each subject, round by round
 */
public record Turns(Map<String, List<Figures>> figures) {

  /** Copies the figures. */
  public Turns {
    figures = Map.copyOf(figures);
  }

  /**
   * Runs the subjects in turn, one round at a time.
   *
   * @param subjects the subjects
   * @param rounds the number of rounds
   * @param round performs a round of one subject
   * @return the figures
   */
  public static Turns take(
      List<SubjectProcess> subjects,
      int rounds,
      BiFunction<SubjectProcess, Integer, Figures> round) {
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    for (int i = 0; i < rounds; i++) {
      for (SubjectProcess subject : subjects) {
        figures
            .computeIfAbsent(subject.name(), name -> new ArrayList<>())
            .add(round.apply(subject, i));
      }
    }
    return new Turns(figures);
  }

  /**
   * Runs the subjects in turn. In each round, a subject repeats its task often enough for the round
   * to take the given CPU time; the number of repetitions is chosen for each subject.
   *
   * @param subjects the subjects
   * @param rounds the number of rounds
   * @param warmUp the CPU time before the first round, in seconds
   * @param seconds the CPU time of a round, in seconds
   * @return the figures
   */
  public static Turns fill(
      List<SubjectProcess> subjects, int rounds, double warmUp, double seconds) {
    // Warm-ups are not measured, so several subjects may warm up at the same time.
    Map<String, Integer> times =
        subjects.parallelStream()
            .collect(
                Collectors.toConcurrentMap(
                    SubjectProcess::name, subject -> timesToFill(subject, warmUp, seconds)));
    return take(
        subjects, rounds, (subject, round) -> subject.round(times.getOrDefault(subject.name(), 1)));
  }

  private static int timesToFill(SubjectProcess subject, double warmUp, double seconds) {
    int times = 1;
    double cost = subject.round(times).get("cpu");
    for (double spent = cost; spent < warmUp; spent += cost) {
      times = (int) Math.max(1, Math.min(times * 2L, warmUp / 5 * times / cost));
      cost = subject.round(times).get("cpu");
    }
    return (int) Math.max(1, Math.rint(seconds * times / cost));
  }

  /**
   * Returns the median of a value over a subject's rounds.
   *
   * @param subject the name of the subject
   * @param figure computes a value from the figures of a round
   * @return the median over the rounds
   */
  public double median(String subject, ToDoubleFunction<Figures> figure) {
    return Cost.percentile(all(subject).stream().mapToDouble(figure).toArray(), 0.5);
  }

  /**
   * Compares two subjects.
   *
   * @param subject the name of a subject
   * @param other the name of the subject to compare it with
   * @param figure computes a value from the figures of a round
   * @return the first subject's value divided by the other subject's, over the rounds
   */
  public Interval ratio(String subject, String other, ToDoubleFunction<Figures> figure) {
    double[] values = all(subject).stream().mapToDouble(figure).toArray();
    double[] otherValues = all(other).stream().mapToDouble(figure).toArray();
    double[] ratios = new double[values.length];
    Arrays.setAll(ratios, i -> values[i] / otherValues[i]);
    return Interval.of(ratios);
  }

  private List<Figures> all(String subject) {
    List<Figures> all = figures.get(subject);
    if (all == null) {
      throw new IllegalArgumentException(
          "no subject \"" + subject + "\" among " + figures.keySet());
    }
    return all;
  }
}
