/** The REST API and its events, for any server. */
module dev.callflow.api {
  requires transitive dev.callflow.conference;
  requires com.github.benmanes.caffeine;
  requires com.sanctionco.jmail;
  requires io.github.bucket4j.core;
  requires org.bouncycastle.provider;
  requires org.slf4j;

  exports dev.callflow.api;
  exports dev.callflow.api.access;
  exports dev.callflow.api.answer;
  exports dev.callflow.api.call;
  exports dev.callflow.api.credential;
  exports dev.callflow.api.event;
  exports dev.callflow.api.mail;
  exports dev.callflow.api.openapi;
  exports dev.callflow.api.page;
  exports dev.callflow.api.server;
  exports dev.callflow.api.webhook;

  uses dev.callflow.api.page.PageProvider;
}
