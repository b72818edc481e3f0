package dev.callflow.freeswitch;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * How Callflow and a FreeSWITCH find each other, and what lies where on it.
 *
 * @param calls where FreeSWITCH hands over calls: the address its dialplan's {@code socket} names
 * @param control where its event socket listens
 * @param password the event socket's password
 * @param profile the conference profile of rooms that name none
 * @param holdMusic what is played to those who wait
 * @param recordings the folder, on FreeSWITCH's machine, for recordings
 * @param prompts files of prompts by name, where they are not {@code conference/<name>.wav} below
 *     the sound prefix
 * @param soundPrefixes sound prefixes by language, for prompts in another language than
 *     FreeSWITCH's own
 * @param sipProfile the SIP profile by which rooms call out
 * @param dialContext the dialplan context that hands numbers to us, also those that rooms call
 * @param controlTimeout how long an answer on the control connection may take
 * @param access who may hand over calls
 */
public record FreeSwitchOptions(
    InetSocketAddress calls,
    InetSocketAddress control,
    String password,
    String profile,
    String holdMusic,
    String recordings,
    Map<String, String> prompts,
    Map<String, String> soundPrefixes,
    String sipProfile,
    String dialContext,
    Duration controlTimeout,
    CallAccess access) {

  /** Copies the maps, and refuses names and places that could mean more. */
  public FreeSwitchOptions {
    requireName("the conference profile", profile);
    requireName("the SIP profile", sipProfile);
    requireName("the dialplan context", dialContext);
    SwitchText.GUARDED.file(holdMusic);
    SwitchText.GUARDED.file(recordings);
    prompts = Map.copyOf(prompts);
    soundPrefixes = Map.copyOf(soundPrefixes);
  }

  private static void requireName(String what, String name) {
    if (!SwitchText.GUARDED.isWord(SwitchText.Word.NAME, name)) {
      throw new IllegalArgumentException(
          what + " must be named with letters, digits and . _ -, not " + name);
    }
  }

  /**
   * Makes options by which everybody who can connect may hand over calls.
   *
   * @param calls where FreeSWITCH hands over calls
   * @param control where its event socket listens
   * @param password the event socket's password
   * @param profile the conference profile of rooms that name none
   * @param holdMusic what is played to those who wait
   * @param recordings the folder for recordings
   * @param prompts files of prompts by name
   * @param soundPrefixes sound prefixes by language
   * @param sipProfile the SIP profile by which rooms call out
   * @param dialContext the dialplan context that hands numbers to us
   * @param controlTimeout how long an answer on the control connection may take
   */
  public FreeSwitchOptions(
      InetSocketAddress calls,
      InetSocketAddress control,
      String password,
      String profile,
      String holdMusic,
      String recordings,
      Map<String, String> prompts,
      Map<String, String> soundPrefixes,
      String sipProfile,
      String dialContext,
      Duration controlTimeout) {
    this(
        calls,
        control,
        password,
        profile,
        holdMusic,
        recordings,
        prompts,
        soundPrefixes,
        sipProfile,
        dialContext,
        controlTimeout,
        CallAccess.ANYONE);
  }

  /**
   * Makes options with defaults: profile {@code default}, music {@code local_stream://moh},
   * recordings in {@code /tmp}, SIP profile {@code internal}, dialplan context {@code callflow},
   * five seconds for an answer, calls from everybody who can connect.
   *
   * @param calls where to listen for calls
   * @param control where FreeSWITCH's event socket listens
   * @param password its password
   * @return the options
   */
  public static FreeSwitchOptions of(
      InetSocketAddress calls, InetSocketAddress control, String password) {
    return new FreeSwitchOptions(
        calls,
        control,
        password,
        "default",
        "local_stream://moh",
        "/tmp",
        Map.of(),
        Map.of(),
        "internal",
        "callflow",
        Duration.ofSeconds(5));
  }

  /**
   * Restricts who may hand over calls.
   *
   * @param restriction who may
   * @return options that differ in nothing else
   */
  public FreeSwitchOptions withAccess(CallAccess restriction) {
    return new FreeSwitchOptions(
        calls,
        control,
        password,
        profile,
        holdMusic,
        recordings,
        prompts,
        soundPrefixes,
        sipProfile,
        dialContext,
        controlTimeout,
        restriction);
  }

  @Override
  public String toString() {
    return "FreeSwitchOptions[calls=" + calls + ", control=" + control + "]";
  }
}
