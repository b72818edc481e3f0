/** Starts Callflow: documents, FreeSWITCH, callflows and conferences, in one object. */
module dev.callflow.host {
  requires transitive dev.callflow.conference;
  requires transitive dev.callflow.core;
  requires transitive dev.callflow.freeswitch;
  requires transitive dev.callflow.esl;
  requires static micrometer.core;
  requires org.slf4j;

  exports dev.callflow.host;
}
