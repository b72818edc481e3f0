/** Connects the core and the conferences to FreeSWITCH over its event socket. */
module dev.callflow.freeswitch {
  requires transitive dev.callflow.conference;
  requires transitive dev.callflow.core;
  requires transitive dev.callflow.esl;
  requires org.slf4j;

  exports dev.callflow.freeswitch;
  exports dev.callflow.freeswitch.restart;
}
