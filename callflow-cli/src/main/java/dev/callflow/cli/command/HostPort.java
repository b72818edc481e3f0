package dev.callflow.cli.command;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code HOST:PORT}. */
public final class HostPort implements ITypeConverter<InetSocketAddress> {

  /** For picocli. */
  public HostPort() {}

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new TypeConversionException(
          "must be HOST:PORT with a port from 0 to 65535, but is '" + text + "'");
    }
    return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
  }
}
