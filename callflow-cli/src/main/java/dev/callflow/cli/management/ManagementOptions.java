package dev.callflow.cli.management;

import ch.qos.logback.classic.LoggerContext;
import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpPage;
import dev.callflow.api.http.HttpServer;
import dev.callflow.cli.command.HostPort;
import dev.callflow.cli.command.NetworkErrors;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options for health, metrics and logs. */
public final class ManagementOptions {

  @Option(
      names = "--management",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description =
          "The address at which to serve /health/live, /health/ready and /metrics to everyone who"
              + " can reach it, for instance 127.0.0.1:8001. Default: that of --http, where"
              + " /metrics needs a token")
  private @Nullable InetSocketAddress address;

  @Option(
      names = "--access-log",
      description = "Logs each request to the API: method, path, status, bytes, time and client.")
  private boolean accessLog;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "Writes what happens to calls and rooms to the log, on the standard error: text has a"
              + " line with date, time and ids, json an object for each line. Default: short lines"
              + " on the standard output")
  private @Nullable LogFormat logFormat;

  /** For picocli. */
  public ManagementOptions() {}

  /**
   * Returns whether calls and rooms are logged instead of printed.
   *
   * @return whether there is a format of the log
   */
  public boolean isLogged() {
    return logFormat != null;
  }

  /** Sets up the log of this process if the options differ from the default. */
  public void applyToLog() {
    if (!accessLog && logFormat == null) {
      // Other threads may be setting up SLF4J, which then has no context yet.
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (accessLog) {
      LogFormat.enableAccessLog(context);
    }
    if (logFormat != null) {
      logFormat.apply(context);
    }
  }

  /**
   * Creates the meters.
   *
   * @param http whether the API is served
   * @return the meters; null if there is nowhere to read them
   */
  public @Nullable HostMeters meters(boolean http) {
    return http || address != null ? new HostMeters() : null;
  }

  /**
   * Returns the pages for the server of the API.
   *
   * @param host the host
   * @param meters its meters
   * @return the pages; none if they have an address of their own
   */
  public List<HttpPage> pagesBesideApi(Callflow host, @Nullable HostMeters meters) {
    return address == null ? pages(host, meters) : List.of();
  }

  private static List<HttpPage> pages(Callflow host, @Nullable HostMeters meters) {
    List<HttpPage> pages =
        new ArrayList<>(new HealthPages(host::health, TimeSource.system()).pages());
    if (meters != null) {
      pages.add(meters.page());
    }
    return pages;
  }

  /**
   * Starts the server for the pages, if they have an address of their own.
   *
   * @param host the host
   * @param meters its meters
   * @return the server; null if there is no such address
   * @throws IllegalArgumentException if the address cannot be used
   */
  public @Nullable HttpServer start(Callflow host, @Nullable HostMeters meters) {
    if (address == null) {
      return null;
    }
    try {
      return HttpServer.startPages(
          address, pages(host, meters), HttpOptions.STANDARD, TimeSource.system());
    } catch (RuntimeException e) {
      if (NetworkErrors.isOfAddress(e)) {
        throw new IllegalArgumentException(
            NetworkErrors.cannotListen("serve health and metrics", address, "--management", e), e);
      }
      throw e;
    }
  }
}
