/** Sends the API's invitations as emails over SMTP. */
module dev.callflow.api.smtp {
  requires transitive dev.callflow.api;
  requires com.samskivert.jmustache;
  requires dev.failsafe.core;
  requires jakarta.mail;
  requires org.eclipse.angus.mail;
  requires org.simplejavamail;
  requires org.simplejavamail.core;
  requires org.slf4j;

  exports dev.callflow.api.smtp;
}
