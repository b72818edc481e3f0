/** Serves the API over HTTP and WebSockets, on Javalin and Jetty. */
module dev.callflow.api.http {
  requires transitive dev.callflow.api;
  requires com.github.benmanes.caffeine;
  requires io.javalin;
  requires jakarta.servlet;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.ee10.servlet;
  requires org.eclipse.jetty.websocket.api;
  requires org.eclipse.jetty.websocket.common;
  requires org.slf4j;

  exports dev.callflow.api.http;
}
