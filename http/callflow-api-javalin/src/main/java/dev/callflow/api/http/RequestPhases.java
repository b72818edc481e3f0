package dev.callflow.api.http;

import dev.callflow.core.time.TimeSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Notes on each connection when a request begins and when it ends. */
final class RequestPhases extends Handler.Wrapper {

  private final TimeSource time;

  RequestPhases(TimeSource time) {
    this.time = time;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    LimitedConnector.LimitedEndPoint connection = LimitedConnector.of(request);
    long number = connection.requestBegins();
    request.setAttribute(RequestAttributes.BEGAN, time.now());
    Request.addCompletionListener(request, failure -> connection.requestEnds(number));
    return super.handle(request, response, callback);
  }
}
