package dev.callflow.api;

import dev.callflow.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that sends bytes as it likes, and reads the response byte by byte. */
final class RawClient implements AutoCloseable {

  private final Socket socket = new Socket();

  /** Connects from a local address, such as 127.0.0.2. */
  RawClient(String from, InetSocketAddress server) {
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
      socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawClient(InetSocketAddress server) {
    this("127.0.0.1", server);
  }

  RawClient send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a text, and ignores that the server may have closed the connection already. */
  boolean trySend(String text) {
    try {
      send(text);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Requests a WebSocket and reads the headers of the response. */
  String upgrade(String... headers) {
    send(
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + String.join("", Arrays.stream(headers).map(it -> it + "\r\n").toList())
            + "\r\n");
    return readHeaders();
  }

  /** Reads the status line and the headers. */
  String readHeaders() {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      int next;
      while (text.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
        text.append((char) next);
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the status line and the headers; empty if the server closes the connection. */
  String readHeadersIfAny() {
    try {
      return readHeaders();
    } catch (UncheckedIOException e) {
      // The connection was reset, which is an end too.
      return "";
    }
  }

  /** Reads until the server closes the connection. */
  byte[] readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      int next;
      while ((next = socket.getInputStream().read()) >= 0) {
        all.write(next);
      }
    } catch (SocketException e) {
      // The connection was reset, which is an end too.
      return all.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }

  String readTextToEnd() {
    return new String(readToEnd(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
