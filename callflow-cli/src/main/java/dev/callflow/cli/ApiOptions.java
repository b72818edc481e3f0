package dev.callflow.cli;

import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.TrustedProxies;
import dev.callflow.api.page.Pages;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options for the API's clients. */
final class ApiOptions {

  @Option(
      names = "--trusted-proxy",
      paramLabel = "RANGE",
      split = ",",
      description =
          "The addresses of the proxies in front of the API: IP addresses, or networks such as"
              + " 10.0.0.0/8. The limits for an address then apply to the clients that these"
              + " proxies name in X-Forwarded-For. Default: none")
  private List<String> trustedProxies = List.of();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "The origins whose pages may send requests from a browser, such as"
              + " https://console.example.com. Default: none")
  private List<String> origins = List.of();

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      description =
          "The maximum number of WebSockets and event streams of one IP address. Default:"
              + " ${DEFAULT-VALUE}")
  private int maxOfAddress = SocketLimits.STANDARD.connections().maxOfAddress();

  @Option(
      names = "--max-connections-per-account",
      paramLabel = "N",
      description =
          "The maximum number of WebSockets and event streams of one account. Default:"
              + " ${DEFAULT-VALUE}")
  private int maxOfAccount = SocketLimits.STANDARD.connections().maxOfAccount();

  @Option(
      names = "--no-console",
      description = "Does not serve the console, the page at /console of --http.")
  private boolean noConsole;

  /** Returns the pages to serve beside the API. */
  Pages pages() {
    return noConsole ? new Pages("", Set.of(Pages.CONSOLE)) : new Pages();
  }

  SocketLimits sockets() {
    return SocketLimits.STANDARD.clients(
        SocketLimits.STANDARD.connections().max(),
        atLeastOne("--max-connections-per-address", maxOfAddress),
        atLeastOne("--max-connections-per-account", maxOfAccount));
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, but is " + value);
    }
    return value;
  }

  HttpOptions http() {
    HttpOptions.Connections standard = HttpOptions.STANDARD.connections();
    // An address needs connections for its requests, too.
    int requests = standard.maxOfAddress() - SocketLimits.STANDARD.connections().maxOfAddress();
    return HttpOptions.STANDARD
        .proxies(TrustedProxies.of(trustedProxies))
        .origins(origins)
        .connections(
            new HttpOptions.Connections(standard.max(), Math.addExact(maxOfAddress, requests)));
  }
}
