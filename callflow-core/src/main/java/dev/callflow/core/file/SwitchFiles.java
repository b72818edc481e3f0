package dev.callflow.core.file;

import java.util.function.Supplier;

/** The port to the files of switches whose file systems the host does not see. */
public interface SwitchFiles {

  /**
   * Lets the switch that has a file send it by an HTTP {@code PUT}; blocks until it has, for at
   * most a minute for each switch.
   *
   * @param path the path of the file at the switch
   * @param url creates a URL for one request
   * @return whether the file was sent
   */
  SentFile send(String path, Supplier<String> url);

  /**
   * Removes a recording from the switches; blocks until they have answered.
   *
   * @param path the path of the recording at the switch
   */
  void discard(String path);
}
