package dev.callflow.core.file;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.store.DiskSpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a folder that FreeSWITCH sees as well, possibly on another machine and at another path:
 * recordings in {@code recordings}, and uploaded media in {@code media/ACCOUNT}.
 *
 * <p>Paths consist of names with few characters only, and symbolic links in the folder are not
 * followed, so that no request reaches a file outside of it.
 */
public final class FileFolder implements AccountFiles {

  private static final Logger LOG = LoggerFactory.getLogger(FileFolder.class);

  /** The folder of recordings below the folder. */
  public static final String RECORDINGS = "recordings";

  /** The folder of uploaded media below the folder. */
  public static final String MEDIA = "media";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final Pattern RECORDING = Pattern.compile("([A-Za-z0-9_-]{1,200})\\.wav");

  /** The ending of a file that is still being written. */
  private static final String UNFINISHED = ".part";

  private static final int BUFFER = 64 << 10;
  private static final long MAX_RECORDING = 4L << 30;

  private static final String NOT_THERE = "the folder for files does not contain it";
  private static final String ELSEWHERE =
      "FreeSWITCH has written it outside of the folder for recordings that the host knows";
  private static final String BAD_NAME =
      "the id of the account or of the document cannot be the name of a file; expected letters,"
          + " digits, '-' and '_'";
  private static final String NO_FOLDER = "the folder for files cannot be read";

  private final Path root;
  private final String atFreeSwitch;
  private final FileLimits limits;

  private FileFolder(Path root, String atFreeSwitch, FileLimits limits) {
    this.root = root;
    this.atFreeSwitch = atFreeSwitch;
    this.limits = limits;
  }

  /**
   * Opens a folder, and creates its subfolders if they do not exist.
   *
   * @param folder the folder on this machine
   * @param atFreeSwitch the absolute path at which FreeSWITCH sees the same folder
   * @param limits how much accounts may upload
   * @return the files in the folder
   * @throws IOException if a subfolder does not exist and cannot be created
   */
  public static FileFolder open(Path folder, String atFreeSwitch, FileLimits limits)
      throws IOException {
    Path root = folder.toRealPath();
    for (String name : new String[] {RECORDINGS, MEDIA}) {
      if (!Files.isDirectory(root.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(root.resolve(name));
      }
    }
    String path =
        atFreeSwitch.endsWith("/")
            ? atFreeSwitch.substring(0, atFreeSwitch.length() - 1)
            : atFreeSwitch;
    return new FileFolder(root, path, limits);
  }

  @Override
  public Optional<String> problem() {
    return Files.isDirectory(root.resolve(RECORDINGS), LinkOption.NOFOLLOW_LINKS)
        ? Optional.empty()
        : Optional.of(NO_FOLDER);
  }

  // ---- recordings

  @Override
  public FoundFile recording(String path) {
    return problem()
        .<FoundFile>map(FoundFile.Unreachable::new)
        .orElseGet(() ->
            fileName(path)
                .map(name -> open(root.resolve(RECORDINGS), name, SoundFormat.WAV))
                .orElseGet(() -> new FoundFile.Unreachable(ELSEWHERE)));
  }

  @Override
  public RemovedFile removeRecording(String path) {
    return problem()
        .<RemovedFile>map(RemovedFile.Unreachable::new)
        .orElseGet(() ->
            fileName(path)
                .map(name -> remove(root.resolve(RECORDINGS), name))
                .orElseGet(() -> new RemovedFile.Unreachable(ELSEWHERE)));
  }

  private Optional<String> fileName(String path) {
    String folder = atFreeSwitch + "/" + RECORDINGS + "/";
    if (!path.startsWith(folder)) {
      return Optional.empty();
    }
    Matcher name = RECORDING.matcher(path.substring(folder.length()));
    return name.matches() ? Optional.of(name.group()) : Optional.empty();
  }

  /** Returns the name of a recording, whatever folder FreeSWITCH has written it to. */
  static Optional<String> nameOf(String path) {
    Matcher name = RECORDING.matcher(path.substring(path.lastIndexOf('/') + 1));
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  FoundFile recordingNamed(String name) {
    return problem()
        .<FoundFile>map(FoundFile.Unreachable::new)
        .orElseGet(() -> open(root.resolve(RECORDINGS), name + ".wav", SoundFormat.WAV));
  }

  boolean hasRecording(String name) {
    return Files.isRegularFile(
        root.resolve(RECORDINGS).resolve(name + ".wav"), LinkOption.NOFOLLOW_LINKS);
  }

  RemovedFile removeRecordingNamed(String name) {
    return remove(root.resolve(RECORDINGS), name + ".wav");
  }

  /** Stores a recording that arrives; a WAV file cannot be larger than {@link #MAX_RECORDING}. */
  KeptFile keepRecording(String name, InputStream content) throws IOException {
    byte[] head = content.readNBytes(SoundFormat.HEAD);
    if (!SoundFormat.ofContent(head).equals(Optional.of(SoundFormat.WAV))) {
      return new KeptFile.OtherFormat();
    }
    FileLimits any = new FileLimits(MAX_RECORDING, MAX_RECORDING);
    return keep(
        root.resolve(RECORDINGS),
        name,
        SoundFormat.WAV,
        head,
        content,
        any,
        folder -> MAX_RECORDING);
  }

  // ---- uploaded media

  @Override
  public FoundFile media(AccountId account, String id, SoundFormat format) {
    return isName(account, id)
        ? open(folder(account), fileName(id, format), format)
        : new FoundFile.Unreachable(BAD_NAME);
  }

  @Override
  public RemovedFile removeMedia(AccountId account, String id, SoundFormat format) {
    return isName(account, id)
        ? remove(folder(account), fileName(id, format))
        : new RemovedFile.Unreachable(BAD_NAME);
  }

  @Override
  public KeptFile keepMedia(AccountId account, String id, InputStream content) throws IOException {
    if (!isName(account, id)) {
      return new KeptFile.Unreachable(BAD_NAME);
    }
    byte[] head = content.readNBytes(SoundFormat.HEAD);
    Optional<SoundFormat> format = SoundFormat.ofContent(head);
    if (format.isEmpty()) {
      return new KeptFile.OtherFormat();
    }
    return keep(
        folder(account), id, format.get(), head, content, limits, folder -> room(account, folder));
  }

  private static boolean isName(AccountId account, String id) {
    return NAME.matcher(account.value()).matches() && NAME.matcher(id).matches();
  }

  private Path folder(AccountId account) {
    return root.resolve(MEDIA).resolve(account.value());
  }

  private static String fileName(String id, SoundFormat format) {
    return id + "." + format.extension();
  }

  /** Returns how many more bytes an account may upload; also creates its folder. */
  private long room(AccountId account, Path folder) throws StoringException {
    try {
      if (!isFolder(root.resolve(MEDIA))) {
        throw new NotDirectoryException(MEDIA);
      }
      if (!isFolder(folder)) {
        Files.createDirectory(folder);
      }
      long used = 0;
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          used += sizeOf(file);
        }
      }
      return limits.maxBytesOfAccount() - used;
    } catch (IOException e) {
      LOG.debug("cannot use the folder for the media of account {}", account, e);
      throw new StoringException(e);
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .size();
    } catch (NoSuchFileException e) {
      // Another request has removed it meanwhile.
      return 0;
    }
  }

  private static KeptFile failed(IOException failure, Path folder) {
    if (DiskSpace.isFull(failure)) {
      LOG.error("the disk of the folder for files is full", failure);
      return new KeptFile.DiskFull();
    }
    LOG.warn("cannot write into {}", folder, failure);
    return new KeptFile.Unreachable("the folder for files cannot be written");
  }

  /** A failure to store what has been received, as opposed to one to receive it. */
  private static final class StoringException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient IOException failure;

    private StoringException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /** A file that is being written; unless it is finished, it is removed in the end. */
  private static final class Writing implements AutoCloseable {

    private final Path unfinished;
    private final FileLimits limits;
    private final long room;
    private final FileChannel channel;
    private long bytes;

    private Writing(Path unfinished, FileLimits limits, long room) throws StoringException {
      this.unfinished = unfinished;
      this.limits = limits;
      this.room = room;
      try {
        channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW,
                LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        throw new StoringException(e);
      }
    }

    private Optional<KeptFile> write(byte[] content, int length) throws StoringException {
      bytes += length;
      if (bytes > limits.maxBytes()) {
        return Optional.of(new KeptFile.TooLarge(limits.maxBytes()));
      }
      if (bytes > room) {
        return Optional.of(new KeptFile.NoRoom(limits.maxBytesOfAccount()));
      }
      ByteBuffer buffer = ByteBuffer.wrap(content, 0, length);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw new StoringException(e);
      }
      return Optional.empty();
    }

    private KeptFile finish(Path file, SoundFormat format) throws StoringException {
      try {
        channel.force(true);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return new KeptFile.Kept(format, bytes);
      } catch (IOException e) {
        throw new StoringException(e);
      }
    }

    @Override
    public void close() throws StoringException {
      try {
        channel.close();
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        throw new StoringException(e);
      }
    }
  }

  // ---- both

  /** Determines how many bytes a folder may grow by. */
  private interface Room {
    long in(Path folder) throws StoringException;
  }

  private static KeptFile keep(
      Path folder,
      String id,
      SoundFormat format,
      byte[] head,
      InputStream content,
      FileLimits limits,
      Room room)
      throws IOException {
    byte[] random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    Path unfinished =
        folder.resolve("." + id + "-" + HexFormat.of().formatHex(random) + UNFINISHED);
    try (Writing writing = new Writing(unfinished, limits, room.in(folder))) {
      Optional<KeptFile> refusal = writing.write(head, head.length);
      byte[] buffer = new byte[BUFFER];
      while (refusal.isEmpty()) {
        int read = content.read(buffer);
        if (read < 0) {
          return writing.finish(folder.resolve(fileName(id, format)), format);
        }
        refusal = writing.write(buffer, read);
      }
      return refusal.get();
    } catch (StoringException e) {
      return failed(e.failure, folder);
    }
  }

  private boolean isFolder(Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && folder.toRealPath().startsWith(root);
  }

  private FoundFile open(Path folder, String name, SoundFormat format) {
    try {
      Path file = folder.resolve(name);
      if (!isFolder(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return new FoundFile.Unreachable(NOT_THERE);
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      try {
        return new FoundFile.Here(
            new OpenFile(
                channel,
                format,
                channel.size(),
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      return new FoundFile.Unreachable(NOT_THERE);
    } catch (IOException e) {
      // The message of the exception has the name of the file, by which a recording could be heard.
      LOG.warn("cannot read a file in {}: {}", folder, e.getClass().getSimpleName());
      return new FoundFile.Unreachable("the host may not read it in the folder for files");
    }
  }

  private RemovedFile remove(Path folder, String name) {
    try {
      return new RemovedFile.Removed(
          isFolder(folder) && Files.deleteIfExists(folder.resolve(name)));
    } catch (IOException e) {
      LOG.warn("cannot remove a file in {}: {}", folder, e.getClass().getSimpleName());
      return new RemovedFile.Unreachable("the host may not remove it from the folder for files");
    }
  }
}
