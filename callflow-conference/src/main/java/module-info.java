/** The conference element: admission, rooms and their control. */
module dev.callflow.conference {
  requires transitive dev.callflow.core;
  requires static micrometer.core;
  requires static micrometer.observation;
  requires org.slf4j;

  exports dev.callflow.conference;
  exports dev.callflow.conference.journal;
  exports dev.callflow.conference.micrometer;
  exports dev.callflow.conference.room;
}
