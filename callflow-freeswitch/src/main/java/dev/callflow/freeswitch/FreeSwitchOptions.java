package dev.callflow.freeswitch;

import dev.callflow.core.call.Media;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.freeswitch.restart.PositionKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The addresses, access rules and settings of one FreeSWITCH. Immutable. */
public final class FreeSwitchOptions {

  private final InetSocketAddress calls;
  private final InetSocketAddress control;
  private final String password;
  private final String profile;
  private final boolean profileHasTones;
  private final String holdMusic;
  private final String recordings;
  private final String uploads;
  private final Optional<Function<Media.Uploaded, String>> uploadUrls;
  private final Map<String, String> prompts;
  private final Map<String, String> soundPrefixes;
  private final String sipProfile;
  private final String dialContext;
  private final Duration controlTimeout;
  private final CallAccess access;
  private final Optional<PositionKey> positionKey;
  private final EslMetrics metrics;

  private FreeSwitchOptions(Builder builder) {
    calls = builder.calls;
    control = builder.control;
    password = builder.password;
    profile = builder.profile;
    profileHasTones = builder.profileHasTones;
    holdMusic = builder.holdMusic;
    recordings = builder.recordings;
    uploads = builder.uploads;
    uploadUrls = Optional.ofNullable(builder.uploadUrls);
    prompts = builder.prompts;
    soundPrefixes = builder.soundPrefixes;
    sipProfile = builder.sipProfile;
    dialContext = builder.dialContext;
    controlTimeout = builder.controlTimeout;
    access = builder.access;
    positionKey = Optional.ofNullable(builder.positionKey);
    metrics = builder.metrics;
  }

  /**
   * Creates options with the defaults of the {@link Builder}.
   *
   * @param calls the address to listen on for calls, as in the dialplan's {@code socket}
   *     application
   * @param control the address of FreeSWITCH's event socket
   * @param password the password of the event socket
   * @return the options
   */
  public static FreeSwitchOptions of(
      InetSocketAddress calls, InetSocketAddress control, String password) {
    return builder(calls, control, password).build();
  }

  /**
   * Returns a builder with default options.
   *
   * @param calls the address to listen on for calls, as in the dialplan's {@code socket}
   *     application
   * @param control the address of FreeSWITCH's event socket
   * @param password the password of the event socket
   * @return a builder
   */
  public static Builder builder(
      InetSocketAddress calls, InetSocketAddress control, String password) {
    return new Builder(calls, control, password);
  }

  /**
   * Returns a builder with these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder copy = new Builder(calls, control, password);
    copy.profile = profile;
    copy.profileHasTones = profileHasTones;
    copy.holdMusic = holdMusic;
    copy.recordings = recordings;
    copy.uploads = uploads;
    copy.uploadUrls = uploadUrls.orElse(null);
    copy.prompts = prompts;
    copy.soundPrefixes = soundPrefixes;
    copy.sipProfile = sipProfile;
    copy.dialContext = dialContext;
    copy.controlTimeout = controlTimeout;
    copy.access = access;
    copy.positionKey = positionKey.orElse(null);
    copy.metrics = metrics;
    return copy;
  }

  /**
   * Returns the address to listen on for calls.
   *
   * @return the address
   */
  public InetSocketAddress calls() {
    return calls;
  }

  /**
   * Returns the address of FreeSWITCH's event socket.
   *
   * @return the address
   */
  public InetSocketAddress control() {
    return control;
  }

  String password() {
    return password;
  }

  String profile() {
    return profile;
  }

  boolean profileHasTones() {
    return profileHasTones;
  }

  String holdMusic() {
    return holdMusic;
  }

  String recordings() {
    return recordings;
  }

  String uploads() {
    return uploads;
  }

  Optional<Function<Media.Uploaded, String>> uploadUrls() {
    return uploadUrls;
  }

  Map<String, String> prompts() {
    return prompts;
  }

  Map<String, String> soundPrefixes() {
    return soundPrefixes;
  }

  String sipProfile() {
    return sipProfile;
  }

  String dialContext() {
    return dialContext;
  }

  Duration controlTimeout() {
    return controlTimeout;
  }

  /**
   * Returns the restriction of the calls that are accepted.
   *
   * @return the restriction
   */
  public CallAccess access() {
    return access;
  }

  /**
   * Returns the key that signs the positions of calls.
   *
   * @return the key; empty if no positions are stored
   */
  public Optional<PositionKey> positionKey() {
    return positionKey;
  }

  EslMetrics metrics() {
    return metrics;
  }

  @Override
  public String toString() {
    return "FreeSwitchOptions[calls=" + calls + ", control=" + control + "]";
  }

  /** Builds options; everything except the addresses and the password has a default. */
  public static final class Builder {

    private final InetSocketAddress calls;
    private final InetSocketAddress control;
    private final String password;
    private String profile = "default";
    private boolean profileHasTones;
    private String holdMusic = "local_stream://moh";
    private String recordings = "/tmp";
    private String uploads = "/tmp";
    private @Nullable Function<Media.Uploaded, String> uploadUrls;
    private Map<String, String> prompts = Map.of();
    private Map<String, String> soundPrefixes = Map.of();
    private String sipProfile = "internal";
    private String dialContext = "callflow";
    private Duration controlTimeout = Duration.ofSeconds(5);
    private CallAccess access = CallAccess.ANYONE;
    private @Nullable PositionKey positionKey;
    private EslMetrics metrics = EslMetrics.NONE;

    private Builder(InetSocketAddress calls, InetSocketAddress control, String password) {
      this.calls = calls;
      this.control = control;
      this.password = password;
    }

    /**
     * Sets the FreeSWITCH conference profile for conferences that do not specify one.
     *
     * @param name the profile's name, which may contain letters, digits, {@code .}, {@code _} and
     *     {@code -}; {@code default} unless set
     * @return this builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public Builder profile(String name) {
      profile = requireName("the conference profile", name);
      return this;
    }

    /**
     * Sets whether FreeSWITCH's conference profiles have an {@code enter-sound} or {@code
     * exit-sound}. Callflow then sets a stream of silence for each participant who has no such
     * tone. Callflow's own profile has neither sound, which is better: if FreeSWITCH has to open an
     * exit sound while it shuts down, it waits 10 to 20 s before it ends.
     *
     * @param value whether the profiles have such sounds; false by default
     * @return this builder
     */
    public Builder profileHasTones(boolean value) {
      profileHasTones = value;
      return this;
    }

    /**
     * Sets the music for waiting callers.
     *
     * @param file a file or stream that FreeSWITCH can play; {@code local_stream://moh} by default
     * @return this builder
     * @throws IllegalArgumentException if it contains characters that are not allowed in a command
     */
    public Builder holdMusic(String file) {
      SwitchText.GUARDED.file(file);
      holdMusic = file;
      return this;
    }

    /**
     * Sets the folder for recordings on FreeSWITCH's machine.
     *
     * @param folder the folder; {@code /tmp} by default
     * @return this builder
     * @throws IllegalArgumentException if it contains characters that are not allowed in a command
     */
    public Builder recordings(String folder) {
      SwitchText.GUARDED.file(folder);
      recordings = folder;
      return this;
    }

    /**
     * Sets the folder on FreeSWITCH's machine in which uploaded media are, with a folder for each
     * account.
     *
     * @param folder the folder; {@code /tmp} by default
     * @return this builder
     * @throws IllegalArgumentException if it contains characters that are not allowed in a command
     */
    public Builder uploads(String folder) {
      SwitchText.GUARDED.file(folder);
      uploads = folder;
      return this;
    }

    /**
     * Lets FreeSWITCH fetch uploaded media from the host, with {@code mod_http_cache}, instead of
     * playing them from a folder.
     *
     * @param urls creates a URL that is used for one fetch; called on any thread, must not block
     * @return this builder
     */
    public Builder uploadUrls(Function<Media.Uploaded, String> urls) {
      uploadUrls = urls;
      return this;
    }

    /**
     * Sets the files to play for prompts. A prompt without an entry is played from the file {@code
     * conference/<name>.wav} below the sound prefix.
     *
     * @param filesByName the files, by prompt name; none by default
     * @return this builder
     */
    public Builder prompts(Map<String, String> filesByName) {
      prompts = Map.copyOf(filesByName);
      return this;
    }

    /**
     * Sets the sound prefixes of languages other than FreeSWITCH's default language.
     *
     * @param prefixesByLanguage the prefixes, by language; none by default
     * @return this builder
     */
    public Builder soundPrefixes(Map<String, String> prefixesByLanguage) {
      soundPrefixes = Map.copyOf(prefixesByLanguage);
      return this;
    }

    /**
     * Sets the SIP profile through which rooms dial out.
     *
     * @param name the profile's name, which may contain letters, digits, {@code .}, {@code _} and
     *     {@code -}; {@code internal} by default
     * @return this builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public Builder sipProfile(String name) {
      sipProfile = requireName("the SIP profile", name);
      return this;
    }

    /**
     * Sets the dialplan context that hands over calls to Callflow. Numbers that rooms dial are
     * looked up in this context, too.
     *
     * @param name the context's name, which may contain letters, digits, {@code .}, {@code _} and
     *     {@code -}; {@code callflow} by default
     * @return this builder
     * @throws IllegalArgumentException if the name is invalid
     */
    public Builder dialContext(String name) {
      dialContext = requireName("the dialplan context", name);
      return this;
    }

    /**
     * Sets how long FreeSWITCH may take to answer on the control connection.
     *
     * @param timeout the timeout; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Builder controlTimeout(Duration timeout) {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException(
            "the control timeout must be positive, but is " + timeout);
      }
      controlTimeout = timeout;
      return this;
    }

    /**
     * Restricts which calls are accepted.
     *
     * @param restriction the restriction; none by default
     * @return this builder
     */
    public Builder access(CallAccess restriction) {
      access = restriction;
      return this;
    }

    /**
     * Sets the key that signs the positions of calls. Signed positions are stored in variables of
     * the channels, so that a restarted host with the same key can continue the calls. Without a
     * key, no positions are stored.
     *
     * @param key the key, for instance from {@link PositionKey#ofFile}
     * @return this builder
     */
    public Builder positionKey(PositionKey key) {
      positionKey = key;
      return this;
    }

    /**
     * Sets the recorder for the metrics of the event socket: of the control connection and of the
     * connections of calls.
     *
     * @param recorder the recorder, which several FreeSWITCHes may share; by default, nothing is
     *     recorded
     * @return this builder
     */
    public Builder metrics(EslMetrics recorder) {
      metrics = recorder;
      return this;
    }

    private static String requireName(String what, String name) {
      if (!SwitchText.GUARDED.isWord(SwitchText.Word.NAME, name)) {
        throw new IllegalArgumentException(
            what + " must contain only letters, digits, '.', '_' and '-', but is " + name);
      }
      return name;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public FreeSwitchOptions build() {
      return new FreeSwitchOptions(this);
    }
  }
}
