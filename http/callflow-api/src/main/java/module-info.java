/** The REST API, its events over WebSockets and Server-Sent Events, and email invitations. */
module dev.callflow.api {
  requires transitive dev.callflow.conference;
  requires com.github.benmanes.caffeine;
  requires com.samskivert.jmustache;
  requires com.sanctionco.jmail;
  requires dev.failsafe.core;
  requires io.github.bucket4j.core;
  requires io.javalin;
  requires jakarta.mail;
  requires org.eclipse.angus.mail;
  requires org.simplejavamail;
  requires org.simplejavamail.core;
  requires org.eclipse.jetty.server;
  requires jakarta.servlet;
  requires org.eclipse.jetty.ee10.servlet;
  requires org.eclipse.jetty.websocket.api;
  requires org.eclipse.jetty.websocket.common;
  requires org.slf4j;

  exports dev.callflow.api;
  exports dev.callflow.api.access;
  exports dev.callflow.api.answer;
  exports dev.callflow.api.event;
  exports dev.callflow.api.http;
  exports dev.callflow.api.mail;
  exports dev.callflow.api.openapi;
}
