/** An application that uses all modules. */
module consumer {
  requires dev.callflow.api.delivery;
  requires dev.callflow.api.http;
  requires dev.callflow.api.smtp;
  requires dev.callflow.host;
  requires dev.callflow.simulator;
  requires dev.callflow.store;
  requires java.net.http;
}
