package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what an account may hear: the one way from a text in a document or request to a {@link
 * Media}.
 *
 * <p>Allowed are the account's own media documents; prompts by name; {@code tone_stream://}, {@code
 * silence_stream://} and {@code local_stream://} of a strict form; files below folders and URLs of
 * hosts that the host application allows. Everything else is refused: a switch plays whatever it
 * has a format for, and among them are shell commands, other accounts' recordings and addresses
 * inside its network.
 *
 * <p>What is allowed belongs to the host's configuration and never to documents, which tenants may
 * write. Immutable and safe for use by any thread.
 */
public final class MediaGuard {

  private static final String TONE = "tone_stream://";
  private static final Pattern SILENCE =
      Pattern.compile("silence_stream://(-1|[1-9]\\d{0,7})(,\\d{1,5})?");
  private static final Pattern LOCAL =
      Pattern.compile("local_stream://[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}(/\\d{4,6})?");
  private static final Pattern PROMPT = Pattern.compile("[a-z]{2,8}-[a-z_-]{1,55}");

  /** Random bits at the end: a name that somebody else could guess is none that is played. */
  private static final Pattern RECORDING = Pattern.compile("[A-Za-z0-9_-]{1,160}_[0-9a-f]{32}");

  private static final int MAX_LENGTH = 2048;

  /** Where FreeSWITCH's own prompts lie, below its sound prefix: everybody may hear them. */
  private static final List<String> PROMPT_FOLDERS =
      List.of("conference", "digits", "ivr", "voicemail");

  private static final String NOT_MEDIA =
      "is nothing that may be played; expected a media id, a prompt's name, tone_stream://,"
          + " silence_stream:// or local_stream://, a file in an allowed folder or a URL of an"
          + " allowed host";
  private static final String NOT_A_TONE =
      "is no tone; expected one such as tone_stream://%(200,100,440,480), two minutes at most";
  private static final String NOT_SILENCE =
      "is no silence; expected milliseconds such as silence_stream://1000";
  private static final String NOT_LOCAL =
      "is no local stream; expected a name such as local_stream://moh";
  private static final String NOT_IN_A_FOLDER =
      "is no file that may be played; expected a sound file below a folder that the host allows";
  private static final String NOT_ON_A_HOST =
      "is no URL that may be played; expected a plain one of a media host that is allowed";
  private static final String NOT_A_RECORDING =
      "is no recording; expected the name that Callflow has given it";

  private static final String ONLY_IF_ALLOWED =
      "is played only where the host application allows the URL's host";

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
   * Returns the guard that allows no URL, and no file but the switch's own prompts.
   *
   * @return the standard guard
   */
  public static MediaGuard standard() {
    return STANDARD;
  }

  /**
   * Allows the files of one more folder and of those below it, on the switch's machine.
   *
   * @param folder such as {@code /srv/media}; {@code {account}} as a whole segment stands for the
   *     id of the account whose document names the file; a relative one is below the sound prefix
   * @return a guard that allows it, too
   * @throws IllegalArgumentException if it is no folder, or the root
   */
  public MediaGuard folder(String folder) {
    return new MediaGuard(
        Stream.concat(folders.stream(), Stream.of(MediaFolder.of(folder))).toList(),
        hosts,
        publicHosts);
  }

  /**
   * Allows the URLs of one more host ({@code http}, {@code https}, {@code http_cache} and {@code
   * shout}). The switch fetches them and follows the host's redirects: allow hosts that you trust.
   *
   * @param host a name or address, and a port if it is not the usual one of the scheme
   * @return a guard that allows it, too
   * @throws IllegalArgumentException if it is no host
   */
  public MediaGuard host(String host) {
    return new MediaGuard(
        folders,
        Stream.concat(hosts.stream(), Stream.of(MediaHost.of(host))).toList(),
        publicHosts);
  }

  /**
   * Allows the URLs of all hosts with a public name. For tests of callflows, where nothing is
   * fetched: on a switch, a public name may lead inside.
   *
   * @return a guard that allows them, too
   */
  public MediaGuard publicHosts() {
    return new MediaGuard(folders, hosts, true);
  }

  /**
   * Makes a reader for one call.
   *
   * @param account whose call it is
   * @param store where the account's media documents are
   * @return the reader
   */
  public MediaReader reader(AccountId account, DocumentStore store) {
    return new MediaReader((text, language) -> find(text, language, account, store));
  }

  /**
   * Reads a text that names a medium.
   *
   * @param text a media document's id; a prompt's name or {@code prompt://account/name/language}; a
   *     tone, also without {@code tone_stream://}; a stream, a file or a URL
   * @param language the language of prompts that name none; empty for the switch's
   * @param account whose media documents are meant
   * @param store where they are
   * @return the medium, or why it is not played
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public FoundMedia find(String text, String language, AccountId account, DocumentStore store) {
    return text.contains(":") || text.contains("/") || text.contains("%")
        ? written(text, Optional.of(account.value()))
        : named(text, language, account, store);
  }

  /**
   * Checks texts that name media, whatever the account and its documents.
   *
   * @param texts the texts by JSON pointers to them
   * @return what is never played, and as a warning what is not played by this guard though another
   *     host may allow it; in the order of the map; no message repeats a text
   */
  public List<Problem> check(Map<String, String> texts) {
    List<Problem> problems = new ArrayList<>();
    texts.forEach((place, text) -> {
      Optional<String> why =
          text.contains(":") || text.contains("/") || text.contains("%")
              ? written(text, Optional.empty()).problem()
              : Optional.of(NOT_MEDIA).filter(it -> !MediaFolder.isName(text));
      why.map(it -> problem(place, text, it)).ifPresent(problems::add);
    });
    return problems;
  }

  /** A document with a public URL is kept: which hosts are allowed may change, and differs. */
  private static Problem problem(String place, String text, String why) {
    return text.length() <= MAX_LENGTH && MediaHost.isPublic(text)
        ? Problem.warning(place, ONLY_IF_ALLOWED)
        : Problem.at(place, why);
  }

  /**
   * Checks a media document.
   *
   * @param body the document
   * @return what is never played, and as a warning what is not played by this guard though another
   *     host may allow it; empty if nothing
   */
  public List<Problem> check(ObjectNode body) {
    List<Problem> problems = new ArrayList<>();
    for (Where where : Where.values()) {
      Json.text(body, where.key)
          .flatMap(text ->
              at(where, text, Optional.empty())
                  .problem()
                  .map(why -> problem("/" + where.key, text, why)))
          .ifPresent(problems::add);
    }
    return problems;
  }

  // ---- what a text says by itself

  private FoundMedia written(String text, Optional<String> account) {
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

  private static FoundMedia stream(String text, boolean allowed, String otherwise) {
    return allowed
        ? new FoundMedia.Playable(new Media.Stream(text))
        : new FoundMedia.Refused(otherwise);
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

  // ---- what a document says

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
   * A media document says where its file is; one that does not is known to the switch by its id.
   */
  private FoundMedia stored(String id, ObjectNode body, AccountId account) {
    for (Where where : Where.values()) {
      Optional<String> text = Json.text(body, where.key);
      if (text.isPresent()) {
        FoundMedia found = at(where, text.get(), Optional.of(account.value()));
        return found.media().orElse(null) instanceof Media.Stream(String file)
            ? new FoundMedia.Playable(new Media.Stored(id, file))
            : found;
      }
    }
    return MediaFolder.isSound(id)
        ? new FoundMedia.Playable(new Media.Stored(id, id))
        : new FoundMedia.Refused(NOT_IN_A_FOLDER);
  }

  private FoundMedia at(Where where, String text, Optional<String> account) {
    return switch (where) {
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

  /** The fields of a media document that say where it is; the first that is there counts. */
  private enum Where {
    RECORDING("recording"),
    PATH("path"),
    URL("url"),
    SOURCE_URL("source_url");

    private final String key;

    Where(String key) {
      this.key = key;
    }
  }
}
