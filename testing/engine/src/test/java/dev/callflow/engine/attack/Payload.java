package dev.callflow.engine.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with which an outsider tries to make FreeSWITCH do something: a breaker that escapes from
 * the value in one of FreeSWITCH's grammars, and a tail that leaves a marker if it is executed.
 *
 * @param grammar the grammar that the breaker belongs to
 * @param text the text to put into a field
 */
record Payload(Grammar grammar, String text) {

  /** A variable that no channel and no room may have. */
  static final String VARIABLE = "callflow_pwned";

  /** A number that no leg may call. */
  static final String NUMBER = "900555";

  /** The FreeSWITCH grammars that a value can break out of. */
  enum Grammar {
    DIAL_STRING,
    VARIABLE_BLOCK,
    APPLICATION_ARGUMENT,
    API_ARGUMENT,
    PATH,
    URL
  }

  /**
   * Returns every payload: each breaker of a grammar with each of its tails.
   *
   * @param file the file that an executed command would create
   */
  static List<Payload> all(String file) {
    String command = "system touch " + file;
    String expression = "${system(touch " + file + ")}";
    String variable = VARIABLE + "=1";
    String leg = "loopback/" + NUMBER + "/default";
    List<Payload> all = new ArrayList<>();
    add(
        all,
        Grammar.DIAL_STRING,
        List.of("x:_:", ":_:", "x,", "x|", "x'", "x' '", "x}", "x]", "x>", "x\\", "x\\',", "x'}"),
        List.of(
            leg,
            leg + ":_:",
            leg + ",",
            "{" + variable + "}" + leg,
            "[" + variable + "]" + leg,
            "<" + variable + ">" + leg,
            "{api_on_originate='" + command + "'}" + leg));
    add(
        all,
        Grammar.VARIABLE_BLOCK,
        List.of(
            "1,",
            "1~",
            "1;",
            "1!",
            "1#",
            "1^",
            "1\u001f",
            "~;!#\u001f",
            "~;!#,|^:\u0001",
            "1',",
            "1'~",
            "1\\,",
            "1\\~",
            "1\\'~",
            "1}{",
            "1}[",
            "^^,1,",
            "^^~1~",
            "1\n"),
        List.of(variable, "api_on_originate=" + command, "execute_on_originate=" + command));
    add(
        all,
        Grammar.APPLICATION_ARGUMENT,
        List.of(
            "", "x", "x ", "x|", "\\", "\\\\", "$", "%[a=1]", "x@default+flags{moderator|", "'"),
        List.of(
            expression,
            "${system touch " + file + "}",
            "$\\{system(touch " + file + ")}",
            "%[" + variable + "]x",
            "%~[a=1~" + variable + "]x"));
    add(
        all,
        Grammar.API_ARGUMENT,
        List.of("x ", "' ", "x' ", "x\\' ", "x\n\napi ", "x\r\n\r\nbgapi ", "x;;", "x\t", "all "),
        List.of(
            command,
            "dial " + leg,
            "bgdial {" + variable + "}" + leg,
            "' dial '" + leg,
            "setvar " + VARIABLE + " 1"));
    add(
        all,
        Grammar.PATH,
        List.of("", "../", "/tmp/../", "/tmp/", "{" + variable + "}/tmp/", "say:", "/x.wav!", "@@"),
        List.of("shell_stream://touch " + file, "http_cache://x", expression, "file_string://a!b"));
    add(
        all,
        Grammar.URL,
        List.of(
            "sip:bob@127.0.0.1;",
            "sip:bob@127.0.0.1?",
            "sip:bob@127.0.0.1,",
            "sip:bob@127.0.0.1:_:",
            "sip:bob@127.0.0.1:5060'",
            "sip:[" + variable + "]",
            "sip:bob,",
            "http://127.0.0.1/",
            "http_cache://{" + variable + "}http://127.0.0.1/"),
        List.of(leg, variable, expression));
    return all;
  }

  private static void add(
      List<Payload> all, Grammar grammar, List<String> breakers, List<String> tails) {
    for (String breaker : breakers) {
      for (String tail : tails) {
        all.add(new Payload(grammar, breaker + tail));
      }
    }
  }
}
