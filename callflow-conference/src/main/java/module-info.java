/** The conference element: admission, rooms and their control. */
module dev.callflow.conference {
  requires transitive dev.callflow.core;
  requires org.slf4j;

  exports dev.callflow.conference;
  exports dev.callflow.conference.room;
}
