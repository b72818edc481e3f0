package dev.callflow.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection to a real switch. A separate thread collects its frames. */
final class SocketWire implements ClientWire {

  private final Socket socket;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  SocketWire(Socket socket) {
    this.socket = socket;
    Thread.ofVirtual().name("contract-wire").start(this::read);
  }

  private void read() {
    FrameReader reader = new FrameReader();
    byte[] buffer = new byte[65_536];
    try {
      int length = socket.getInputStream().read(buffer);
      while (length > 0) {
        frames.addAll(reader.add(Arrays.copyOf(buffer, length)));
        length = socket.getInputStream().read(buffer);
      }
      frames.add(Frame.CLOSED);
    } catch (SocketException | SocketTimeoutException e) {
      // The client has closed the connection: no more frames follow.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String data) throws IOException {
    try {
      socket.getOutputStream().write(data.getBytes(StandardCharsets.UTF_8));
    } catch (SocketException e) {
      // The switch has closed the connection, as it may have done in the recording.
    }
  }

  @Override
  public List<Frame> frames() {
    return List.copyOf(frames);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
