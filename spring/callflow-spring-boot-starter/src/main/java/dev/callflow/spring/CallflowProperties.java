package dev.callflow.spring;

import dev.callflow.host.Closing;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The properties of Callflow. {@code toString} of each record omits its secrets.
 *
 * @param enabled whether Callflow is configured at all
 * @param data the data folder with accounts and documents; with a store, the folder to import from
 * @param store the store in the application's database
 * @param records how long records are kept
 * @param freeSwitch the FreeSWITCHes to connect to
 * @param listen the address to listen on for calls, as HOST:PORT; each further FreeSWITCH uses the
 *     next port
 * @param allowFrom the addresses from which FreeSWITCH may hand over calls: IP addresses, or
 *     networks such as 10.0.0.0/8; empty to allow all
 * @param callSecrets the secrets from which the dialplan computes the token of a call; empty to
 *     accept calls without a token
 * @param defaultAccount the account for calls that belong to no other account; by default the only
 *     account that there is at the start
 * @param positionKeyFile the file with the key by which the next process takes the calls over; by
 *     default the file .position-key in the data folder
 * @param controlTimeout how long FreeSWITCH may take to carry out a command
 * @param unreachableTimeout how long rooms are kept while their FreeSWITCH cannot be reached
 * @param closingTimeout how long the application waits, when it stops, for calls that would be
 *     interrupted
 * @param closing what happens to the calls that are left when the application stops
 * @param api the REST API and its events
 * @param webhooks the delivery of events to webhooks
 */
@ConfigurationProperties("callflow")
public record CallflowProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String data,
    @DefaultValue Store store,
    @DefaultValue Records records,
    @DefaultValue List<FreeSwitchServer> freeSwitch,
    @DefaultValue("127.0.0.1:8084") String listen,
    @DefaultValue List<String> allowFrom,
    @DefaultValue List<String> callSecrets,
    @Nullable String defaultAccount,
    @Nullable String positionKeyFile,
    @DefaultValue("5s") Duration controlTimeout,
    @DefaultValue("1m") Duration unreachableTimeout,
    @DefaultValue("5s") Duration closingTimeout,
    @DefaultValue("hand-over") Closing closing,
    @DefaultValue Api api,
    @DefaultValue Webhooks webhooks) {

  /** Copies the lists. */
  public CallflowProperties {
    freeSwitch = List.copyOf(freeSwitch);
    allowFrom = List.copyOf(allowFrom);
    callSecrets = List.copyOf(callSecrets);
  }

  /**
   * The store in the application's database.
   *
   * @param enabled whether documents are kept in the database of the application's DataSource
   * @param timeout how long a request to the database may take before it fails, at least a second
   * @param cache the approximate memory for documents that have been read; by default a quarter of
   *     the heap
   */
  public record Store(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("3s") Duration timeout,
      @Nullable DataSize cache) {}

  /**
   * How long records are kept. A number without a unit is a number of days.
   *
   * @param keepHistory how long calls, conferences, refusals, recordings and deliveries are kept,
   *     at least a minute
   * @param keepAudit how long the audit of changes and actions is kept, at least a minute
   */
  public record Records(
      @DefaultValue("90d") @DurationUnit(ChronoUnit.DAYS) Duration keepHistory,
      @DefaultValue("365d") @DurationUnit(ChronoUnit.DAYS) Duration keepAudit) {}

  /**
   * A FreeSWITCH.
   *
   * @param address the address of the event socket, as HOST:PORT
   * @param password the password of the event socket
   * @param profileHasTones whether the conference profile has an enter-sound or exit-sound
   */
  public record FreeSwitchServer(
      @DefaultValue("") String address,
      @DefaultValue("") String password,
      @DefaultValue("false") boolean profileHasTones) {

    @Override
    public String toString() {
      return "FreeSwitchServer[" + address + "]";
    }
  }

  /**
   * The REST API and its events.
   *
   * @param enabled whether the application's server serves the API
   * @param path the path below which the API is mounted, such as /callflow for
   *     /callflow/v2/accounts; / for none
   * @param tokens the tokens that give access; if there are none, those of the system configuration
   *     do
   * @param maxBodySize the maximum size of a request
   * @param bodyTimeout the time in which the body of a request must arrive
   * @param maxRequestsOfAccount the maximum number of simultaneous requests of one account
   * @param maxRequestsOfAddress the maximum number of simultaneous requests of one IP address
   * @param maxSubscribers the maximum number of WebSockets and event streams
   * @param maxSubscribersOfAddress the maximum number of WebSockets and event streams of one IP
   *     address
   * @param maxSubscribersOfAccount the maximum number of WebSockets and event streams of one
   *     account
   */
  public record Api(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("/callflow") String path,
      @DefaultValue List<Token> tokens,
      @DefaultValue("4MB") DataSize maxBodySize,
      @DefaultValue("30s") Duration bodyTimeout,
      @DefaultValue("500") int maxRequestsOfAccount,
      @DefaultValue("1000") int maxRequestsOfAddress,
      @DefaultValue("10000") int maxSubscribers,
      @DefaultValue("200") int maxSubscribersOfAddress,
      @DefaultValue("1000") int maxSubscribersOfAccount) {

    /** Copies the tokens. */
    public Api {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * A token for the API, in the form that {@code ./callflow token} prints.
   *
   * @param sha256 the SHA-256 of the token, as 64 hexadecimal digits
   * @param account the account that the token gives access to
   * @param superAdmin whether the token gives access to all accounts
   * @param scopes what the token may be used for: read, control, documents and admin; by default
   *     everything
   * @param expires when the token expires, such as 2027-01-01T00:00:00Z; by default never
   */
  public record Token(
      @DefaultValue("") String sha256,
      @Nullable String account,
      @DefaultValue("false") boolean superAdmin,
      @Nullable List<String> scopes,
      @Nullable String expires) {

    /** Copies the scopes. */
    public Token {
      scopes = scopes == null ? null : List.copyOf(scopes);
    }

    @Override
    public String toString() {
      return superAdmin ? "Token[of all accounts]" : "Token[of account " + account + "]";
    }
  }

  /**
   * The delivery of events to webhooks.
   *
   * @param enabled whether events are delivered, if callflow-api-webhooks is present
   * @param allowTo the receivers that may have private addresses, and that may be called with http,
   *     as HOST or HOST:PORT
   */
  public record Webhooks(
      @DefaultValue("true") boolean enabled, @DefaultValue List<String> allowTo) {

    /** Copies the list. */
    public Webhooks {
      allowTo = List.copyOf(allowTo);
    }
  }

  @Override
  public String toString() {
    return "CallflowProperties[data="
        + data
        + ", freeSwitch="
        + freeSwitch
        + ", listen="
        + listen
        + "]";
  }
}
