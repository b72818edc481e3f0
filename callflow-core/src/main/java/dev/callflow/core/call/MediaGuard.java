package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.file.SoundFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which media an account may hear. Strings in documents and requests become {@link Media}
 * only through this class.
 *
 * <p>It allows the account's own media documents, prompts by name, strict forms of {@code
 * tone_stream://}, {@code silence_stream://} and {@code local_stream://}, and the folders and hosts
 * that the host application allows. It refuses everything else, because a switch plays anything
 * that it has a format for, including the output of shell commands, recordings of other accounts
 * and URLs inside its network.
 *
 * <p>The allowed folders and hosts come from the host application's configuration and never from
 * documents, which tenants may write. Immutable and safe for use by any thread.
 */
public final class MediaGuard {

  /**
   * The private key of a media document for which a file was uploaded: the file's extension. The
   * file is then played instead of any other location that the document has.
   */
  public static final String UPLOADED = "pvt_uploaded";

  private static final String TONE = "tone_stream://";
  private static final Pattern SILENCE =
      Pattern.compile("silence_stream://(-1|[1-9]\\d{0,7})(,\\d{1,5})?");
  private static final Pattern LOCAL =
      Pattern.compile("local_stream://[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}(/\\d{4,6})?");
  private static final Pattern PROMPT = Pattern.compile("[a-z]{2,8}-[a-z_-]{1,55}");

  /** The name of a recording ends with random bits, so that another account cannot guess it. */
  private static final Pattern RECORDING = Pattern.compile("[A-Za-z0-9_-]{1,160}_[0-9a-f]{32}");

  private static final int MAX_LENGTH = 2048;

  /**
   * The folders of FreeSWITCH's own prompts, relative to its sound prefix; all accounts may hear
   * them.
   */
  private static final List<String> PROMPT_FOLDERS =
      List.of("conference", "digits", "ivr", "voicemail");

  private static final String NOT_MEDIA =
      "is not playable; expected a media id, the name of a prompt, tone_stream://,"
          + " silence_stream:// or local_stream://, a file in an allowed folder or a URL on an"
          + " allowed host";
  private static final String NOT_A_TONE =
      "is not a valid tone; expected at most two minutes of tones, for example"
          + " tone_stream://%(200,100,440,480)";
  private static final String NOT_SILENCE =
      "is not valid silence; expected milliseconds, for example silence_stream://1000";
  private static final String NOT_LOCAL =
      "is not a valid local stream; expected a name, for example local_stream://moh";
  private static final String NOT_IN_A_FOLDER =
      "is not a playable file; expected a sound file in a folder that the host application allows";
  private static final String NOT_ON_A_HOST =
      "is not a playable URL; expected a plain URL on an allowed media host";
  private static final String NOT_A_RECORDING =
      "is not a recording; expected the name that Callflow assigned to it";

  private static final String ONLY_IF_ALLOWED =
      "is played only if the host application allows the host of the URL";

  private static final MediaGuard STANDARD =
      new MediaGuard(PROMPT_FOLDERS.stream().map(MediaFolder::of).toList(), List.of(), false);

  private final List<MediaFolder> folders;
  private final List<MediaHost> hosts;
  private final boolean publicHosts;

  private MediaGuard(List<MediaFolder> folders, List<MediaHost> hosts, boolean publicHosts) {
    this.folders = List.copyOf(folders);
    this.hosts = List.copyOf(hosts);
    this.publicHosts = publicHosts;
  }

  /**
   * Returns the guard that allows no URLs, and no files except the switch's own prompts.
   *
   * @return the standard guard
   */
  public static MediaGuard standard() {
    return STANDARD;
  }

  /**
   * Allows the files in one more folder on the switch's machine, and in its subfolders.
   *
   * @param folder the folder, such as {@code /srv/media}; a segment {@code {account}} matches the
   *     id of the account whose document names the file; a relative path is resolved against
   *     FreeSWITCH's sound prefix
   * @return a guard that also allows this folder
   * @throws IllegalArgumentException if the path is invalid or is the root folder
   */
  public MediaGuard folder(String folder) {
    return new MediaGuard(
        Stream.concat(folders.stream(), Stream.of(MediaFolder.of(folder))).toList(),
        hosts,
        publicHosts);
  }

  /**
   * Allows the URLs of one more host ({@code http}, {@code https}, {@code http_cache} and {@code
   * shout}). The switch fetches them and follows the host's redirects, so allow only hosts that you
   * trust.
   *
   * @param host a name or address, with a port if it is not the default port of the scheme
   * @return a guard that also allows this host
   * @throws IllegalArgumentException if the host is invalid
   */
  public MediaGuard host(String host) {
    return new MediaGuard(
        folders,
        Stream.concat(hosts.stream(), Stream.of(MediaHost.of(host))).toList(),
        publicHosts);
  }

  /**
   * Allows the URLs of all hosts with a public name. Use this only in tests of callflows, which
   * fetch nothing; on a real switch, a public name may resolve to an address inside the network.
   *
   * @return a guard that also allows these hosts
   */
  public MediaGuard publicHosts() {
    return new MediaGuard(folders, hosts, true);
  }

  /**
   * Creates a reader for one call.
   *
   * @param account the account of the call
   * @param store the store of the account's media documents
   * @return the reader
   */
  public MediaReader reader(AccountId account, DocumentStore store) {
    return new MediaReader((text, language) -> find(text, language, account, store));
  }

  /**
   * Looks up the media that a string names.
   *
   * @param text the id of a media document; a prompt's name or {@code
   *     prompt://account/name/language}; a tone, with or without {@code tone_stream://}; a stream,
   *     a file or a URL
   * @param language the language of prompts that specify none; empty for the switch's default
   * @param account the account that owns the media documents
   * @param store the store of the documents
   * @return the media, or why it is not played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public FoundMedia find(String text, String language, AccountId account, DocumentStore store) {
    return text.contains(":") || text.contains("/") || text.contains("%")
        ? selfContained(text, Optional.of(account.value()))
        : named(text, language, account, store);
  }

  /**
   * Checks strings that name media, independently of any account and its documents.
   *
   * @param strings the strings, keyed by JSON pointers to them
   * @return a problem for each string that this guard refuses, in the order of the map; a refused
   *     public URL is only a warning; no message contains one of the strings
   */
  public List<Problem> check(Map<String, String> strings) {
    List<Problem> problems = new ArrayList<>();
    strings.forEach((place, text) -> {
      Optional<String> why =
          text.contains(":") || text.contains("/") || text.contains("%")
              ? selfContained(text, Optional.empty()).problem()
              : Optional.of(NOT_MEDIA).filter(it -> !MediaFolder.isName(text));
      why.map(it -> problem(place, text, it)).ifPresent(problems::add);
    });
    return problems;
  }

  /**
   * A refused public URL is only a warning, because the host application may allow its host later.
   */
  private static Problem problem(String place, String text, String why) {
    return text.length() <= MAX_LENGTH && MediaHost.isPublic(text)
        ? Problem.warning(place, ONLY_IF_ALLOWED)
        : Problem.at(place, why);
  }

  /**
   * Checks a media document.
   *
   * @param body the document
   * @return a problem for each location that this guard refuses; a refused public URL is only a
   *     warning; empty if there are none
   */
  public List<Problem> check(ObjectNode body) {
    List<Problem> problems = new ArrayList<>();
    for (Location location : Location.values()) {
      Json.text(body, location.key)
          .flatMap(text ->
              at(location, text, Optional.empty())
                  .problem()
                  .map(why -> problem("/" + location.key, text, why)))
          .ifPresent(problems::add);
    }
    return problems;
  }

  // ---- strings that name media directly

  private FoundMedia selfContained(String text, Optional<String> account) {
    if (text.length() > MAX_LENGTH) {
      return new FoundMedia.Refused(NOT_MEDIA);
    }
    if (text.startsWith(TONE)) {
      return stream(text, ToneSpec.isTone(text.substring(TONE.length())), NOT_A_TONE);
    }
    if (text.startsWith("silence_stream://")) {
      return stream(text, SILENCE.matcher(text).matches(), NOT_SILENCE);
    }
    if (text.startsWith("local_stream://")) {
      return stream(text, LOCAL.matcher(text).matches(), NOT_LOCAL);
    }
    if (text.startsWith(MediaReader.PROMPT_SCHEME)) {
      return prompt(text);
    }
    if (text.startsWith("/")) {
      return stream(text, isAllowedFile(text, account), NOT_IN_A_FOLDER);
    }
    if (text.contains("://")) {
      return stream(text, isAllowedUrl(text), NOT_ON_A_HOST);
    }
    return text.contains("%(")
        ? stream(TONE + text, ToneSpec.isTone(text), NOT_A_TONE)
        : new FoundMedia.Refused(NOT_MEDIA);
  }

  private static FoundMedia stream(String text, boolean allowed, String refusal) {
    return allowed
        ? new FoundMedia.Playable(new Media.Stream(text))
        : new FoundMedia.Refused(refusal);
  }

  private static FoundMedia prompt(String text) {
    String[] parts = text.substring(MediaReader.PROMPT_SCHEME.length()).split("/", -1);
    return parts.length == 3
            && parts[1].matches("[A-Za-z0-9_-]{1,64}")
            && parts[2].matches("[A-Za-z0-9_-]{0,16}")
        ? new FoundMedia.Playable(new Media.Prompt(parts[1], parts[2]))
        : new FoundMedia.Refused(NOT_MEDIA);
  }

  private boolean isAllowedFile(String file, Optional<String> account) {
    return file.length() <= MAX_LENGTH
        && folders.stream().anyMatch(folder -> folder.contains(file, account));
  }

  private boolean isAllowedUrl(String url) {
    return url.length() <= MAX_LENGTH
        && (hosts.stream().anyMatch(host -> host.allows(url))
            || publicHosts && MediaHost.isPublic(url));
  }

  // ---- media documents

  private FoundMedia named(String id, String language, AccountId account, DocumentStore store) {
    if (!MediaFolder.isName(id)) {
      return new FoundMedia.Refused(NOT_MEDIA);
    }
    Optional<Document> document = store.find(account, DocumentType.MEDIA, id);
    if (document.isPresent()) {
      return stored(id, document.get().body(), account);
    }
    return PROMPT.matcher(id).matches()
        ? new FoundMedia.Playable(new Media.Prompt(id, language))
        : new FoundMedia.Unknown(id);
  }

  /**
   * Finds the file of a media document; if the document specifies no location, the switch finds the
   * media by the document's id.
   */
  private FoundMedia stored(String id, ObjectNode body, AccountId account) {
    Optional<Media> uploaded = uploaded(id, body, account);
    if (uploaded.isPresent()) {
      return new FoundMedia.Playable(uploaded.get());
    }
    for (Location location : Location.values()) {
      Optional<String> text = Json.text(body, location.key);
      if (text.isPresent()) {
        FoundMedia found = at(location, text.get(), Optional.of(account.value()));
        return found.media().orElse(null) instanceof Media.Stream(String file)
            ? new FoundMedia.Playable(new Media.Stored(id, file))
            : found;
      }
    }
    return MediaFolder.isSound(id)
        ? new FoundMedia.Playable(new Media.Stored(id, id))
        : new FoundMedia.Refused(NOT_IN_A_FOLDER);
  }

  /** Finds the file that was uploaded for a media document; clients cannot set private keys. */
  private static Optional<Media> uploaded(String id, ObjectNode body, AccountId account) {
    return Media.Uploaded.isFileName(id) && Media.Uploaded.isFileName(account.value())
        ? Json.text(body, UPLOADED)
            .flatMap(SoundFormat::ofExtension)
            .map(format -> new Media.Uploaded(account, id, format))
        : Optional.empty();
  }

  private FoundMedia at(Location location, String text, Optional<String> account) {
    return switch (location) {
      case RECORDING ->
          RECORDING.matcher(text).matches()
              ? new FoundMedia.Playable(new Media.Recording(text))
              : new FoundMedia.Refused(NOT_A_RECORDING);
      case PATH ->
          text.contains("://")
              ? stream(text, isAllowedUrl(text), NOT_ON_A_HOST)
              : stream(text, isAllowedFile(text, account), NOT_IN_A_FOLDER);
      case URL, SOURCE_URL -> stream(text, isAllowedUrl(text), NOT_ON_A_HOST);
    };
  }

  /** The properties of a media document that locate its file; the first one present is used. */
  private enum Location {
    RECORDING("recording"),
    PATH("path"),
    URL("url"),
    SOURCE_URL("source_url");

    private final String key;

    Location(String key) {
      this.key = key;
    }
  }
}
