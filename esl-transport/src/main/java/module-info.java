/** A codec, an inbound client and an outbound server for FreeSWITCH's event socket. */
module dev.callflow.esl {
  requires transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires transitive io.netty.handler;
  requires transitive io.netty.transport;
  requires java.xml;
  requires static micrometer.core;
  requires org.slf4j;

  exports dev.callflow.esl;
  exports dev.callflow.esl.access;
  exports dev.callflow.esl.error;
  exports dev.callflow.esl.message;
  exports dev.callflow.esl.micrometer;
  exports dev.callflow.esl.runtime;

  uses dev.callflow.esl.runtime.NetworkProvider;
}
