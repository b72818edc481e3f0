/** The conference element: admission, rooms and their control. */
module dev.callflow.conference {
  requires transitive dev.callflow.core;
  requires static micrometer.core;
  requires static micrometer.observation;
  requires org.slf4j;

  exports dev.callflow.conference;
  exports dev.callflow.conference.action;
  exports dev.callflow.conference.event;
  exports dev.callflow.conference.kazoo;
  exports dev.callflow.conference.journal;
  exports dev.callflow.conference.micrometer;
  exports dev.callflow.conference.mixer;
  exports dev.callflow.conference.observe;
  exports dev.callflow.conference.schema;
}
