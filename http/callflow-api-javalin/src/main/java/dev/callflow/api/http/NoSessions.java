package dev.callflow.api.http;

import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/**
 * Keeps no HTTP sessions. Javalin creates a session for every WebSocket; by default, each would
 * stay in memory forever, even though clients authenticate by tokens.
 */
final class NoSessions extends SessionHandler {

  NoSessions() {
    NullSessionCache cache = new NullSessionCache(this);
    cache.setSessionDataStore(new NullSessionDataStore());
    setSessionCache(cache);
    setUsingCookies(false);
    setUsingUriParameters(false);
  }
}
