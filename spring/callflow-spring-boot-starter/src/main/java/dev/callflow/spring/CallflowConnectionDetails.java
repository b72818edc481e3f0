package dev.callflow.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the FreeSWITCHes are, and where Callflow listens for their calls. A bean of this type
 * replaces {@code callflow.free-switch} and {@code callflow.listen}.
 */
public interface CallflowConnectionDetails extends ConnectionDetails {

  /**
   * Returns the FreeSWITCHes to connect to.
   *
   * @return the FreeSWITCHes, at least one
   */
  List<CallflowProperties.FreeSwitchServer> freeSwitches();

  /**
   * Returns the address to listen on for calls.
   *
   * @return the address, as {@code HOST:PORT}
   */
  String listen();
}
