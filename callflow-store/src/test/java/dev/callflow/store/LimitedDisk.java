package dev.callflow.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2 on which files cannot grow while the disk is full, and can seem to be locked
 * by a thread that still closes them. Its paths begin with {@code limited:}.
 */
public final class LimitedDisk extends FilePathWrapper {

  private static volatile boolean full;
  private static volatile boolean locked;
  private static final AtomicInteger REFUSED_LOCKS = new AtomicInteger();

  static void register() {
    full = false;
    locked = false;
    REFUSED_LOCKS.set(0);
    FilePath.register(new LimitedDisk());
  }

  static void full(boolean is) {
    full = is;
  }

  static void locked(boolean is) {
    locked = is;
  }

  /** Returns how often a lock was refused. */
  static int refusedLocks() {
    return REFUSED_LOCKS.get();
  }

  @Override
  public String getScheme() {
    return "limited";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new LimitedFile(super.open(mode));
  }

  private static final class LimitedFile extends FileBase {

    private final FileChannel file;

    LimitedFile(FileChannel file) {
      this.file = file;
    }

    private void requireRoom(long end) throws IOException {
      if (full && end > file.size()) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      requireRoom(file.position() + bytes.remaining());
      return file.write(bytes);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      requireRoom(position + bytes.remaining());
      return file.write(bytes, position);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      if (locked) {
        REFUSED_LOCKS.incrementAndGet();
        throw new OverlappingFileLockException();
      }
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
