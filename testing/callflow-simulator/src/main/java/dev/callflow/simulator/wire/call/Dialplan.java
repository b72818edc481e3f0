package dev.callflow.simulator.wire.call;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps dialled numbers to lists of applications. The first matching extension wins. */
public final class Dialplan {

  /** An application and its argument. */
  record Step(String application, String data) {}

  private record Extension(Pattern number, List<Step> steps) {}

  private final List<Extension> extensions;

  private Dialplan(List<Extension> extensions) {
    this.extensions = List.copyOf(extensions);
  }

  public static Dialplan empty() {
    return new Dialplan(List.of());
  }

  public Dialplan with(String number, List<String> lines) {
    List<Extension> more = new ArrayList<>(extensions);
    more.add(
        new Extension(
            Pattern.compile(number),
            lines.stream()
                .map(line -> line.split(" ", 2))
                .map(words -> new Step(words[0], words.length > 1 ? words[1] : ""))
                .toList()));
    return new Dialplan(more);
  }

  /**
   * Returns the applications for a number, with {@code $1} etc. filled in; empty if no extension
   * matches the number.
   */
  List<Step> of(String number) {
    for (Extension extension : extensions) {
      Matcher matcher = extension.number().matcher(number);
      if (matcher.matches()) {
        return extension.steps().stream()
            .map(step -> new Step(step.application(), filled(step.data(), matcher)))
            .toList();
      }
    }
    return List.of();
  }

  private static String filled(String data, Matcher matcher) {
    String text = data;
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String part = matcher.group(group);
      text = text.replace("$" + group, part == null ? "" : part);
    }
    return text;
  }
}
