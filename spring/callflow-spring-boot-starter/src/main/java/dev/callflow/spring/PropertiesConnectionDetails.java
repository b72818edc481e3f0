package dev.callflow.spring;

import java.util.List;

/** The connection details that the properties contain. */
record PropertiesConnectionDetails(CallflowProperties properties)
    implements CallflowConnectionDetails {

  @Override
  public List<CallflowProperties.FreeSwitchServer> freeSwitches() {
    if (properties.freeSwitch().isEmpty()) {
      throw new InvalidPropertyException(
          "callflow.free-switch[0].address", "there is no FreeSWITCH to connect to");
    }
    return properties.freeSwitch();
  }

  @Override
  public String listen() {
    return properties.listen();
  }
}
