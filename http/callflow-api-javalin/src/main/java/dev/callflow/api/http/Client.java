package dev.callflow.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * The client that sent a request.
 *
 * @param host the client's IP address
 * @param port the client's port; 0 if a proxy has forwarded the request
 */
record Client(String host, int port) {

  static Client of(HttpServletRequest request, TrustedProxies proxies) {
    if (!(ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getRemoteSocketAddress()
        instanceof InetSocketAddress peer)) {
      return new Client("", 0);
    }
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    InetAddress client = proxies.client(peer.getAddress(), forwarded);
    return new Client(
        client.getHostAddress(), client.equals(peer.getAddress()) ? peer.getPort() : 0);
  }
}
