/** Replays case files on the simulated switch in virtual time, and provides support for tests. */
module dev.callflow.testkit {
  requires transitive dev.callflow.core;
  requires transitive dev.callflow.conference;
  requires transitive dev.callflow.esl;
  requires transitive dev.callflow.simulator;
  requires dev.callflow.freeswitch;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires static ch.qos.logback.classic;
  requires static ch.qos.logback.core;
  requires org.slf4j;
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;

  exports dev.callflow.testkit.inprocess;
  exports dev.callflow.testkit.journal;
  exports dev.callflow.testkit.junit;
  exports dev.callflow.testkit.network;
  exports dev.callflow.testkit.replay;
  exports dev.callflow.testkit.replay.result;
  exports dev.callflow.testkit.store;
}
