package dev.callflow.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * The client that sent a request.
 *
 * @param host the client's IP address
 * @param port the client's port; 0 if a proxy has forwarded the request
 */
record Client(String host, int port) {

  static Client of(HttpServletRequest request, TrustedProxies proxies) {
    return of(ServletContextRequest.getServletContextRequest(request), proxies);
  }

  static Client of(Request request, TrustedProxies proxies) {
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress peer)) {
      return new Client("", 0);
    }
    List<String> forwarded = request.getHeaders().getValuesList("X-Forwarded-For");
    InetAddress client = proxies.client(peer.getAddress(), forwarded);
    return new Client(
        client.getHostAddress(), client.equals(peer.getAddress()) ? peer.getPort() : 0);
  }
}
