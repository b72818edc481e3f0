package dev.callflow.freeswitch;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Callflow and a FreeSWITCH find each other, and what lies where on it. Immutable. */
public final class FreeSwitchOptions {

  private final InetSocketAddress calls;
  private final InetSocketAddress control;
  private final String password;
  private final String profile;
  private final String holdMusic;
  private final String recordings;
  private final Map<String, String> prompts;
  private final Map<String, String> soundPrefixes;
  private final String sipProfile;
  private final String dialContext;
  private final Duration controlTimeout;
  private final CallAccess access;
  private final Optional<PositionKey> positionKey;

  private FreeSwitchOptions(Builder builder) {
    calls = builder.calls;
    control = builder.control;
    password = builder.password;
    profile = builder.profile;
    holdMusic = builder.holdMusic;
    recordings = builder.recordings;
    prompts = builder.prompts;
    soundPrefixes = builder.soundPrefixes;
    sipProfile = builder.sipProfile;
    dialContext = builder.dialContext;
    controlTimeout = builder.controlTimeout;
    access = builder.access;
    positionKey = Optional.ofNullable(builder.positionKey);
  }

  /**
   * Makes options with the defaults of a {@link Builder}.
   *
   * @param calls where to listen for calls: the address that the dialplan's {@code socket} names
   * @param control where FreeSWITCH's event socket listens
   * @param password its password
   * @return the options
   */
  public static FreeSwitchOptions of(
      InetSocketAddress calls, InetSocketAddress control, String password) {
    return builder(calls, control, password).build();
  }

  /**
   * Begins to set up options.
   *
   * @param calls where to listen for calls: the address that the dialplan's {@code socket} names
   * @param control where FreeSWITCH's event socket listens
   * @param password its password
   * @return a builder
   */
  public static Builder builder(
      InetSocketAddress calls, InetSocketAddress control, String password) {
    return new Builder(calls, control, password);
  }

  InetSocketAddress calls() {
    return calls;
  }

  /**
   * Returns where FreeSWITCH's event socket listens.
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

  String holdMusic() {
    return holdMusic;
  }

  String recordings() {
    return recordings;
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

  CallAccess access() {
    return access;
  }

  Optional<PositionKey> positionKey() {
    return positionKey;
  }

  @Override
  public String toString() {
    return "FreeSwitchOptions[calls=" + calls + ", control=" + control + "]";
  }

  /** Collects options; all but the addresses and the password may be left as they are. */
  public static final class Builder {

    private final InetSocketAddress calls;
    private final InetSocketAddress control;
    private final String password;
    private String profile = "default";
    private String holdMusic = "local_stream://moh";
    private String recordings = "/tmp";
    private Map<String, String> prompts = Map.of();
    private Map<String, String> soundPrefixes = Map.of();
    private String sipProfile = "internal";
    private String dialContext = "callflow";
    private Duration controlTimeout = Duration.ofSeconds(5);
    private CallAccess access = CallAccess.ANYONE;
    private @Nullable PositionKey positionKey;

    private Builder(InetSocketAddress calls, InetSocketAddress control, String password) {
      this.calls = calls;
      this.control = control;
      this.password = password;
    }

    /**
     * Sets the conference profile of rooms that name none.
     *
     * @param name letters, digits and {@code . _ -}; {@code default} unless set
     * @return this builder
     * @throws IllegalArgumentException if it is no such name
     */
    public Builder profile(String name) {
      profile = requireName("the conference profile", name);
      return this;
    }

    /**
     * Sets what is played to callers who wait.
     *
     * @param file a file or stream of FreeSWITCH's; {@code local_stream://moh} unless set
     * @return this builder
     * @throws IllegalArgumentException if it cannot be written in a command
     */
    public Builder holdMusic(String file) {
      SwitchText.GUARDED.file(file);
      holdMusic = file;
      return this;
    }

    /**
     * Sets the folder, on FreeSWITCH's machine, for recordings.
     *
     * @param folder the folder; {@code /tmp} unless set
     * @return this builder
     * @throws IllegalArgumentException if it cannot be written in a command
     */
    public Builder recordings(String folder) {
      SwitchText.GUARDED.file(folder);
      recordings = folder;
      return this;
    }

    /**
     * Sets files of prompts that are not {@code conference/<name>.wav} below the sound prefix.
     *
     * @param filesByName the files by the prompts' names; none unless set
     * @return this builder
     */
    public Builder prompts(Map<String, String> filesByName) {
      prompts = Map.copyOf(filesByName);
      return this;
    }

    /**
     * Sets sound prefixes for prompts in other languages than FreeSWITCH's own.
     *
     * @param prefixesByLanguage the prefixes by language; none unless set
     * @return this builder
     */
    public Builder soundPrefixes(Map<String, String> prefixesByLanguage) {
      soundPrefixes = Map.copyOf(prefixesByLanguage);
      return this;
    }

    /**
     * Sets the SIP profile by which rooms call out.
     *
     * @param name letters, digits and {@code . _ -}; {@code internal} unless set
     * @return this builder
     * @throws IllegalArgumentException if it is no such name
     */
    public Builder sipProfile(String name) {
      sipProfile = requireName("the SIP profile", name);
      return this;
    }

    /**
     * Sets the dialplan context that hands numbers to us, also those that rooms call.
     *
     * @param name letters, digits and {@code . _ -}; {@code callflow} unless set
     * @return this builder
     * @throws IllegalArgumentException if it is no such name
     */
    public Builder dialContext(String name) {
      dialContext = requireName("the dialplan context", name);
      return this;
    }

    /**
     * Sets how long an answer on the control connection may take.
     *
     * @param timeout 5 s unless set
     * @return this builder
     */
    public Builder controlTimeout(Duration timeout) {
      controlTimeout = timeout;
      return this;
    }

    /**
     * Restricts who may hand over calls.
     *
     * @param restriction who may; everybody who can connect unless set
     * @return this builder
     */
    public Builder access(CallAccess restriction) {
      access = restriction;
      return this;
    }

    /**
     * Keeps the positions of calls with their channels, signed with this key, so that a host that
     * starts again with the same key continues the calls.
     *
     * @param key no positions are kept unless set
     * @return this builder
     */
    public Builder positionKey(PositionKey key) {
      positionKey = key;
      return this;
    }

    private static String requireName(String what, String name) {
      if (!SwitchText.GUARDED.isWord(SwitchText.Word.NAME, name)) {
        throw new IllegalArgumentException(
            what + " must be named with letters, digits and . _ -, not " + name);
      }
      return name;
    }

    /**
     * Takes the options as they are now.
     *
     * @return the options
     */
    public FreeSwitchOptions build() {
      return new FreeSwitchOptions(this);
    }
  }
}
