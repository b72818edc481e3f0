package dev.callflow.core.document;

import dev.callflow.core.time.OneLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a callflow of one account by exact number or by pattern. */
final class CallflowMatcher {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowMatcher.class);

  private record Rule(NumberPattern pattern, ParsedCallflow callflow) {}

  private final Map<String, ParsedCallflow> byId;
  private final Map<String, ParsedCallflow> byNumber;
  private final List<Rule> rules;
  private final int memory;

  private CallflowMatcher(
      Map<String, ParsedCallflow> byId,
      Map<String, ParsedCallflow> byNumber,
      List<Rule> rules,
      long memory) {
    this.memory = (int) Math.min(memory, Integer.MAX_VALUE);
    this.byId = byId;
    this.byNumber = byNumber;
    this.rules = rules;
  }

  /**
   * Reads documents, which must be in ascending order of their ids; a shared number belongs to the
   * first document that has it.
   */
  static CallflowMatcher of(List<Document> documents) {
    Map<String, ParsedCallflow> byId = new HashMap<>();
    Map<String, ParsedCallflow> byNumber = new HashMap<>();
    List<Rule> rules = new ArrayList<>();
    long memory = 0;
    for (Document document : documents) {
      memory += Document.Size.of(document.body()).memory();
      CallflowParser.Parsed parsed = CallflowParser.parse(document.id(), document.body());
      for (Problem problem : parsed.problems()) {
        LOG.warn("{}: {}", OneLine.of(document.source()), OneLine.of(problem));
      }
      ParsedCallflow callflow = parsed.callflow();
      byId.put(callflow.id(), callflow);
      for (String number : callflow.numbers()) {
        ParsedCallflow first = byNumber.putIfAbsent(number, callflow);
        if (first != null && first != callflow) {
          LOG.warn(
              "{}: number {} already belongs to callflow {}",
              OneLine.of(document.source()),
              OneLine.of(number),
              OneLine.of(first.id()));
        }
      }
      for (String pattern : callflow.patterns()) {
        try {
          rules.add(new Rule(NumberPattern.of(pattern), callflow));
        } catch (PatternSyntaxException e) {
          // The parser has already reported the invalid pattern.
          LOG.debug("{}: ignoring an invalid pattern", document.source());
        }
      }
    }
    rules.sort(Comparator.comparing(rule -> rule.pattern.text()));
    return new CallflowMatcher(byId, byNumber, rules, memory);
  }

  /** Returns the approximate size in memory, in bytes. */
  int memory() {
    return memory;
  }

  Optional<ParsedCallflow> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<CallflowMatch> exact(String number) {
    return number.equals(ParsedCallflow.NO_MATCH) ? Optional.empty() : numbered(number);
  }

  Optional<CallflowMatch> noMatch() {
    return numbered(ParsedCallflow.NO_MATCH);
  }

  private Optional<CallflowMatch> numbered(String number) {
    return Optional.ofNullable(byNumber.get(number))
        .map(callflow -> new CallflowMatch(callflow, Optional.empty(), Map.of()));
  }

  /**
   * Returns the match with the longest captured string; among equals, the one whose pattern comes
   * first alphabetically.
   */
  Optional<CallflowMatch> matching(String number) {
    int longest = -1;
    Optional<CallflowMatch> best = Optional.empty();
    for (Rule rule : rules) {
      Optional<NumberPattern.Match> match = rule.pattern.match(number);
      if (match.isPresent() && match.get().captured().length() > longest) {
        longest = match.get().captured().length();
        best =
            Optional.of(
                new CallflowMatch(
                    rule.callflow, Optional.of(match.get().captured()), match.get().groups()));
      }
    }
    return best;
  }
}
