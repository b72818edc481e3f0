/** A simulated switch with FreeSWITCH's event socket on top, in real or virtual time. */
module dev.callflow.simulator {
  requires transitive dev.callflow.core;
  requires org.slf4j;

  exports dev.callflow.simulator;
  exports dev.callflow.simulator.model;
  exports dev.callflow.simulator.network;
  exports dev.callflow.simulator.time;
  exports dev.callflow.simulator.wire;
  exports dev.callflow.simulator.wire.effect;
  exports dev.callflow.simulator.wire.setup;
}
