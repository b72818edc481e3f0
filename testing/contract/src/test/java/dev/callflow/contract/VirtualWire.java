package dev.callflow.contract;

import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.network.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection in virtual time. A thread in the same virtual time collects its frames. */
final class VirtualWire implements ClientWire {

  private final Connection connection;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  VirtualWire(Connection connection, TimeSource time) {
    this.connection = connection;
    time.start("contract-wire", this::read);
  }

  private void read() {
    FrameReader reader = new FrameReader();
    byte[] buffer = new byte[65_536];
    try {
      int length = connection.input().read(buffer);
      while (length > 0) {
        frames.addAll(reader.add(Arrays.copyOf(buffer, length)));
        length = connection.input().read(buffer);
      }
      frames.add(Frame.CLOSED);
    } catch (SocketException e) {
      // The client has closed the connection: no more frames follow.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String data) throws IOException {
    connection.output().write(data.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Frame> frames() {
    return List.copyOf(frames);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
