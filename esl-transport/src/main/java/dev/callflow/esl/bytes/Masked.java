package dev.callflow.esl.bytes;

import java.util.regex.Pattern;

/** Masks the values of secret variables in a command's arguments, for use in logs. */
public final class Masked {

  private static final Pattern SECRET =
      Pattern.compile("((?:password|secret|token)=)('[^']*'|[^,~|^:;}\\s]*)");

  private Masked() {}

  public static String text(String arguments) {
    return SECRET.matcher(arguments).replaceAll("$1***");
  }
}
