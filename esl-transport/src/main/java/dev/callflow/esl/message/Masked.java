package dev.callflow.esl.message;

import java.util.regex.Pattern;

/** Hides in a command's arguments what must not be in a log: variables that hold a secret. */
final class Masked {

  private static final Pattern SECRET =
      Pattern.compile("((?:password|secret|token)=)('[^']*'|[^,~|^:;}\\s]*)");

  private Masked() {}

  static String text(String arguments) {
    return SECRET.matcher(arguments).replaceAll("$1***");
  }
}
