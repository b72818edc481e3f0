/** A simulated switch, and replay of case files against it in virtual time. */
module dev.callflow.testkit {
  requires transitive dev.callflow.core;
  requires transitive dev.callflow.conference;
  requires transitive dev.callflow.esl;
  requires dev.callflow.freeswitch;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires org.slf4j;
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;

  exports dev.callflow.testkit;
  exports dev.callflow.testkit.inprocess;
  exports dev.callflow.testkit.journal;
  exports dev.callflow.testkit.junit;
  exports dev.callflow.testkit.model;
  exports dev.callflow.testkit.network;
  exports dev.callflow.testkit.replay;
  exports dev.callflow.testkit.store;
  exports dev.callflow.testkit.wire;
}
