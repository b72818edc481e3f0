package dev.callflow.benchmarks.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** WebSocket clients that count the frames and bytes they receive, without reading the content. */
final class ReceivingClients implements AutoCloseable {

  private static final int BUFFER = 1 << 18;

  private final Selector selector = Selector.open();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final Thread reader;

  /** The position of a client in its stream of frames. */
  private static final class Position {
    private int header;
    private int read;
    private long left;
    private long length;
  }

  ReceivingClients(int port, int clients, String first) throws IOException {
    for (int i = 0; i < clients; i++) {
      connect(port, first);
    }
    reader = Thread.ofPlatform().daemon().start(this::run);
  }

  long bytes() {
    return bytes.get();
  }

  long frames() {
    return frames.get();
  }

  private void connect(int port, String first) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.write(
        ByteBuffer.wrap(
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer one = ByteBuffer.allocate(1);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new IOException("the server did not accept the WebSocket connection: " + head);
      }
      head.append((char) one.get(0));
    }
    byte[] text = first.getBytes(StandardCharsets.UTF_8);
    // A mask of zeros leaves the text unchanged.
    ByteBuffer frame = ByteBuffer.allocate(8 + text.length);
    frame.put((byte) 0x81).put((byte) (0x80 | 126)).putShort((short) text.length).putInt(0);
    channel.write(frame.put(text).flip());
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Position());
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (selector.isOpen()) {
        selector.select(key -> read(key, buffer), 100);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (java.nio.channels.ClosedSelectorException e) {
      // The clients were closed.
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    buffer.clear();
    int count;
    try {
      count = ((SocketChannel) key.channel()).read(buffer);
    } catch (IOException e) {
      count = -1;
    }
    if (count < 0) {
      key.cancel();
      return;
    }
    bytes.addAndGet(count);
    frames.addAndGet(ended(buffer.flip(), (Position) key.attachment()));
  }

  private static int ended(ByteBuffer buffer, Position position) {
    int ended = 0;
    while (buffer.hasRemaining()) {
      if (position.left > 0) {
        int skipped = (int) Math.min(position.left, buffer.remaining());
        buffer.position(buffer.position() + skipped);
        position.left -= skipped;
        ended += position.left == 0 ? 1 : 0;
      } else {
        int next = buffer.get() & 0xff;
        position.read++;
        if (position.read == 2) {
          position.header = next == 126 ? 4 : next == 127 ? 10 : 2;
          position.length = next < 126 ? next : 0;
        } else if (position.read > 2) {
          position.length = position.length << 8 | next;
        }
        if (position.read >= 2 && position.read == position.header) {
          position.left = position.length;
          position.read = 0;
        }
      }
    }
    return ended;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
