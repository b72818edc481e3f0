package dev.callflow.core.file;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a folder that only the host sees. FreeSWITCH sends each recording when it has ended, or
 * when a client asks for one that has not arrived, and fetches a sound each time that it plays it;
 * both over HTTP, with URLs that are valid once.
 */
public final class TransferredFiles implements AccountFiles, FileTransfers {

  private static final Logger LOG = LoggerFactory.getLogger(TransferredFiles.class);

  private static final Pattern ADDRESS =
      Pattern.compile("https?://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  /** How many recordings may be on their way at once. */
  private static final int MAX_AT_ONCE = 20;

  private static final String PATH = "/v2/transfers/";

  private final FileFolder folder;
  private final String address;
  private final TimeSource time;
  private final OneTimeLinks links;

  /** The names of the recordings that are on their way. */
  private final Set<String> arriving = ConcurrentHashMap.newKeySet();

  private volatile Optional<SwitchFiles> switches = Optional.empty();

  /**
   * Creates the port.
   *
   * @param folder the folder of the host
   * @param address the address at which FreeSWITCH reaches the API of the host: {@code http} or
   *     {@code https}, a host and possibly a port
   * @param time the time source, by which links expire
   * @throws IllegalArgumentException if the address has another form
   */
  public TransferredFiles(FileFolder folder, String address, TimeSource time) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "the address for transfers must be a scheme, a host and possibly a port, such as"
              + " http://10.0.0.5:8000, but is "
              + address);
    }
    this.folder = folder;
    this.address = address;
    this.time = time;
    links = new OneTimeLinks(time);
  }

  /**
   * Sets the switches that have the recordings.
   *
   * @param port the port to the switches
   */
  public void switches(SwitchFiles port) {
    switches = Optional.of(port);
  }

  /**
   * Creates a URL at which a switch can fetch an uploaded sound once, within twelve hours.
   *
   * @param account the account
   * @param id the id of the media document
   * @param format the format
   * @return the URL, which ends with the extension of the format
   */
  public String url(AccountId account, String id, SoundFormat format) {
    String link = links.issue(new OneTimeLinks.Target.Sound(account, id, format));
    return address + PATH + link + "." + format.extension();
  }

  /**
   * Lets FreeSWITCH send a recording that has ended, on another thread. If that fails, the
   * recording is sent when a client asks for it.
   *
   * @param path the path at which FreeSWITCH has written it
   */
  public void recordingEnded(String path) {
    FileFolder.nameOf(path)
        .ifPresent(name ->
            time.start(
                "transfer-" + name,
                () ->
                    transfer(path, name)
                        .ifPresent(why -> LOG.warn("a recording was not transferred: {}", why))));
  }

  @Override
  public Optional<String> problem() {
    return folder.problem();
  }

  @Override
  public FoundFile recording(String path) {
    Optional<String> name = FileFolder.nameOf(path);
    if (name.isEmpty()) {
      return new FoundFile.Unreachable("its name is not one that the host has given");
    }
    if (folder.recordingNamed(name.get()) instanceof FoundFile.Here here) {
      return here;
    }
    return transfer(path, name.get())
        .<FoundFile>map(FoundFile.Unreachable::new)
        .orElseGet(() -> folder.recordingNamed(name.get()));
  }

  /** Lets FreeSWITCH send a recording; returns why it has not. */
  private Optional<String> transfer(String path, String name) {
    if (problem().isPresent()) {
      return problem();
    }
    if (arriving.size() >= MAX_AT_ONCE) {
      return Optional.of("other recordings are being transferred; try again");
    }
    if (!arriving.add(name)) {
      return Optional.of("it is being transferred from FreeSWITCH; try again");
    }
    try {
      SentFile sent =
          switches
              .map(it ->
                  it.send(
                      path,
                      () -> address + PATH + links.issue(new OneTimeLinks.Target.Recording(name))))
              .orElseGet(() -> new SentFile.NotSent("the host has no FreeSWITCH"));
      return switch (sent) {
        case SentFile.Sent done -> {
          if (folder.hasRecording(name)) {
            switches.ifPresent(it -> it.discard(path));
            yield Optional.empty();
          }
          yield Optional.of("FreeSWITCH has sent it, but it did not arrive");
        }
        case SentFile.NotSent(String why) -> Optional.of(why);
      };
    } finally {
      arriving.remove(name);
    }
  }

  @Override
  public RemovedFile removeRecording(String path) {
    Optional<String> name = FileFolder.nameOf(path);
    if (name.isEmpty()) {
      return new RemovedFile.Unreachable("its name is not one that the host has given");
    }
    if (!folder.hasRecording(name.get())) {
      // Otherwise it could arrive after it was removed here.
      Optional<String> why = transfer(path, name.get());
      if (why.isPresent()) {
        return new RemovedFile.Unreachable(why.get());
      }
    }
    return folder.removeRecordingNamed(name.get());
  }

  @Override
  public FoundFile media(AccountId account, String id, SoundFormat format) {
    return folder.media(account, id, format);
  }

  @Override
  public KeptFile keepMedia(AccountId account, String id, InputStream content) throws IOException {
    return folder.keepMedia(account, id, content);
  }

  @Override
  public RemovedFile removeMedia(AccountId account, String id, SoundFormat format) {
    return folder.removeMedia(account, id, format);
  }

  // ---- requests of FreeSWITCH

  @Override
  public boolean isValid(String link) {
    return links.find(withoutExtension(link)).isPresent();
  }

  @Override
  public Optional<KeptFile> receive(String link, InputStream content) throws IOException {
    return links.find(link).orElse(null) instanceof OneTimeLinks.Target.Recording(String name)
            && links.use(link)
        ? Optional.of(folder.keepRecording(name, content))
        : Optional.empty();
  }

  @Override
  public Optional<Sound> send(String link) {
    String secret = withoutExtension(link);
    return links.find(secret).orElse(null)
                instanceof OneTimeLinks.Target.Sound(AccountId account, String id, var format)
            && links.use(secret)
        ? Optional.of(new Sound(account, folder.media(account, id, format)))
        : Optional.empty();
  }

  private static String withoutExtension(String link) {
    int dot = link.indexOf('.');
    return dot < 0 ? link : link.substring(0, dot);
  }
}
