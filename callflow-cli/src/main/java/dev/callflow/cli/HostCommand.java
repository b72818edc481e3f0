package dev.callflow.cli;

import dev.callflow.api.Api;
import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.delivery.WebhookDelivery;
import dev.callflow.api.http.HttpPage;
import dev.callflow.api.http.HttpServer;
import dev.callflow.api.smtp.MailedInvitations;
import dev.callflow.cli.command.CommandErrors;
import dev.callflow.cli.command.HostPort;
import dev.callflow.cli.command.ModulePath;
import dev.callflow.cli.command.NetworkErrors;
import dev.callflow.cli.command.StopRequest;
import dev.callflow.cli.management.HostMeters;
import dev.callflow.cli.management.ManagementOptions;
import dev.callflow.cli.outgoing.MailOptions;
import dev.callflow.cli.outgoing.WebhookOptions;
import dev.callflow.conference.journal.Journal;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.file.AccountFiles;
import dev.callflow.core.file.TransferredFiles;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslConnectException;
import dev.callflow.esl.error.EslException;
import dev.callflow.freeswitch.CallAccess;
import dev.callflow.host.Callflow;
import dev.callflow.host.Closed;
import dev.callflow.host.Closing;
import dev.callflow.host.DocumentChecks;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./callflow host}: starts {@link Callflow} with options. */
@Command(
    name = "host",
    header = "Takes calls from FreeSWITCH and runs their callflows.",
    description = "Runs until it is stopped. Needs --data or --store.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped",
      "2:wrong arguments, or a file, an address or the database cannot be used"
    },
    mixinStandardHelpOptions = true)
final class HostCommand implements Callable<Integer> {

  /** How long the host may take to end after the closing timeout. */
  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(30);

  /** The attempt to connect, one second each, after which a line says so. */
  private static final int REPORTED_TRY = 5;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data folder with accounts and documents; with --store, the folder to import from.")
  private @Nullable Path data;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Stores accounts and documents in a database: jdbc:h2:FILE or"
              + " jdbc:postgresql://HOST/DATABASE. Give the user and password in the URL or in the"
              + " environment variables CALLFLOW_STORE_USER and CALLFLOW_STORE_PASSWORD.")
  private @Nullable String store;

  @Option(
      names = "--store-timeout",
      paramLabel = "SECONDS",
      description =
          "How long a request to the database may take before it fails, at least 1. Default: 3")
  private int storeTimeout = 3;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "The address to listen on for calls from FreeSWITCH. Default: 127.0.0.1:8084")
  private InetSocketAddress listen = new InetSocketAddress("127.0.0.1", 8084);

  @Option(
      names = "--allow-from",
      paramLabel = "RANGE",
      split = ",",
      description =
          "The addresses from which FreeSWITCH may hand over calls: IP addresses, or networks such"
              + " as 10.0.0.0/8. Default: any address")
  private List<String> allowFrom = List.of();

  @Option(
      names = "--call-secret",
      paramLabel = "S",
      split = ",",
      description =
          "Takes only calls whose callflow_token the dialplan computed with this secret: at least"
              + " 16 letters, digits, '.', '_' and '-'. Give several while you replace a secret."
              + " Other users can see the command line, so prefer the environment variable"
              + " CALLFLOW_CALL_SECRET. Default: takes all calls")
  private List<String> callSecrets = List.of();

  @Option(
      names = "--freeswitch",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "The address of FreeSWITCH's event socket. Default: 127.0.0.1:8021")
  private InetSocketAddress freeSwitch = new InetSocketAddress("127.0.0.1", 8021);

  @Mixin private PasswordOptions password = new PasswordOptions();

  @Option(
      names = "--profile-has-tones",
      description =
          "FreeSWITCH's conference profile has an enter-sound or exit-sound, so silence is played"
              + " to rooms instead of a tone that is switched off. It makes FreeSWITCH slow to shut"
              + " down.")
  private boolean profileHasTones;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description =
          "The address at which to serve the API, for instance 127.0.0.1:8000. Default: no API")
  private @Nullable InetSocketAddress http;

  @Option(
      names = "--default-account",
      paramLabel = "ID",
      description =
          "The account for calls that belong to no other account. Default: the account, if there is"
              + " only one")
  private @Nullable String defaultAccount;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Records inputs and decisions in a journal, for ./callflow replay.")
  private @Nullable Path journal;

  @Option(
      names = "--mask-numbers",
      description = "Replaces callers' numbers and names in the journal with invented ones.")
  private boolean maskNumbers;

  @Mixin private MailOptions mail = new MailOptions();

  @Mixin private WebhookOptions webhooks = new WebhookOptions();

  @Mixin private ApiOptions apiOptions = new ApiOptions();

  @Mixin private ManagementOptions management = new ManagementOptions();

  @Mixin private MediaOptions media = new MediaOptions();

  @Mixin private FileOptions files = new FileOptions();

  @Mixin private ModulePathOptions modulePath = new ModulePathOptions();

  @Mixin private QuotaOptions quotas = new QuotaOptions();

  @Mixin private RecordOptions records = new RecordOptions();

  @Mixin private TimeoutOptions timeouts = new TimeoutOptions();

  @Mixin private PositionOptions positions = new PositionOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private @Nullable AccountFiles opened;

  private final CallPlaces calls = new CallPlaces(TimeSource.system());

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (StopRequest stop = new StopRequest(timeouts.closing().plus(EXIT_TIMEOUT))) {
      int code = run(stop, spec.commandLine().getOut(), err);
      stop.exitWith(code);
      return code;
    } catch (IllegalArgumentException e) {
      print(err, String.valueOf(e.getMessage()));
      return 2;
    }
  }

  private int run(StopRequest stop, PrintWriter out, PrintWriter err) throws InterruptedException {
    management.applyToLog();
    CallLines lines = new CallLines(out, TimeSource.system());
    try (ModulePath added = modulePath.open();
        HostDocuments documents = documents(added.modules(), problem -> print(err, problem));
        @Nullable Journal open = openJournal();
        @Nullable HostMeters meters = management.meters(http != null);
        Callflow host = host(documents, added.modules(), open, meters, lines);
        @Nullable MailedInvitations invitations = invitations();
        @Nullable WebhookDelivery deliveries = deliveries(documents, host);
        @Nullable HttpServer pages = management.start(host, meters);
        @Nullable HttpServer api =
            api(
                documents,
                host,
                added.modules(),
                invitations,
                deliveries,
                management.pagesBesideApi(host, meters))) {
      if (!management.isLogged()) {
        host.conferences().onEvent(lines::published);
      }
      // Calls come last: a host that cannot serve its API, or has a wrong option, takes none.
      host.start();
      print(
          out,
          "listening for calls at " + text(host.calls()) + ", documents in " + documents.place());
      if (!added.modules().isEmpty()) {
        print(out, "added elements: " + names(added.modules()));
      }
      warnIfOpen(host.calls(), err);
      if (api != null) {
        print(out, "serving the API at " + text(api.address()) + tokenHint(documents));
      }
      if (pages != null) {
        print(out, "serving health and metrics at " + text(pages.address()));
      }
      if (awaitConnected(host, stop, err)) {
        print(out, "connected to FreeSWITCH at " + text(freeSwitch));
        stop.await();
      }
      print(out, text(host.close(Closing.HAND_OVER)));
      return 0;
    } catch (IOException e) {
      print(err, "cannot write the journal: " + CommandErrors.text(e));
      return 2;
    } catch (EslConnectException e) {
      print(err, NetworkErrors.cannotListen("listen for calls", listen, "--listen", e));
      return 2;
    } catch (IllegalArgumentException | StoreUnavailableException e) {
      print(err, CommandErrors.text(e));
      return 2;
    }
  }

  private Callflow host(
      HostDocuments documents,
      List<CallflowModule> modules,
      @Nullable Journal open,
      @Nullable HostMeters meters,
      CallLines lines) {
    Callflow.Builder host =
        Callflow.builder()
            .observer(calls)
            .documents(documents.store())
            .records(documents.records())
            .retention(records.retention())
            .freeSwitch(
                freeSwitch,
                password.password(),
                it -> files.apply(it.profileHasTones(profileHasTones)))
            .listen(listen)
            .access(access())
            .media(media.guard())
            .controlTimeout(timeouts.control())
            .unreachableTimeout(timeouts.unreachable())
            .closingTimeout(timeouts.closing());
    modules.forEach(host::module);
    if (!management.isLogged()) {
      host.observer(lines).conferenceObserver(lines);
    }
    if (meters != null) {
      host.meters(meters.registry());
    }
    positions.key(data, store, System.getenv()).ifPresent(host::positionKey);
    if (accountFiles() instanceof TransferredFiles transferred) {
      host.files(transferred);
    }
    if (defaultAccount != null) {
      host.defaultAccount(new AccountId(defaultAccount));
    }
    if (open != null) {
      host.journal(open);
    }
    return host.build();
  }

  /** Returns the files, which the host and its API share. */
  private AccountFiles accountFiles() {
    AccountFiles open = opened;
    if (open == null) {
      open = files.open(http != null);
      opened = open;
    }
    return open;
  }

  /** Waits for the connection to FreeSWITCH; returns false if the host is asked to stop before. */
  private boolean awaitConnected(Callflow host, StopRequest stop, PrintWriter err)
      throws InterruptedException {
    for (int tries = 1; !host.awaitConnected(Duration.ofSeconds(1)); tries++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (stop.isRequested()) {
        return false;
      }
      if (tries == REPORTED_TRY) {
        Optional<EslException> failure = host.connectFailures().values().stream().findFirst();
        print(err, NetworkErrors.cannotConnect(freeSwitch, failure) + " Retrying.");
      }
    }
    return true;
  }

  private static String text(Closed closed) {
    String calls =
        "participants in rooms: " + closed.participants() + ", other callers: " + closed.callers();
    return switch (closed.how()) {
      case HAND_OVER -> "stopped; left to the next host: " + calls;
      case HANG_UP -> "stopped; hung up: " + calls;
    };
  }

  private static String names(List<CallflowModule> modules) {
    return modules.stream().map(CallflowModule::name).sorted().collect(Collectors.joining(", "));
  }

  private HostDocuments documents(List<CallflowModule> modules, Consumer<String> problems) {
    DocumentChecks checks = new DocumentChecks(media.guard(), modules);
    if (store != null) {
      return HostDocuments.database(
          StoreOptions.of(store).deadline(Duration.ofSeconds(storeTimeout)).quotas(quotas.quotas()),
          System.getenv(),
          data,
          checks,
          problems);
    }
    if (data != null) {
      return HostDocuments.folder(
          data, quotas.quotas(), Duration.ofSeconds(storeTimeout), checks, problems);
    }
    throw new ParameterException(
        spec.commandLine(), "missing documents: specify --data or --store");
  }

  private @Nullable MailedInvitations invitations() {
    if (!mail.isSet()) {
      return null;
    }
    if (http == null) {
      throw new IllegalArgumentException(
          "--mail requires --http, because invitations are requested through the API");
    }
    return mail.invitations(System.getenv());
  }

  private @Nullable WebhookDelivery deliveries(HostDocuments documents, Callflow host) {
    return http == null
        ? null
        : webhooks.start(documents.store(), documents.records(), host.conferences());
  }

  private @Nullable HttpServer api(
      HostDocuments documents,
      Callflow host,
      List<CallflowModule> modules,
      @Nullable MailedInvitations invitations,
      @Nullable WebhookDelivery deliveries,
      List<HttpPage> pages) {
    if (http == null) {
      return null;
    }
    Api.Builder api =
        Api.builder(documents.store(), host.conferences(), TimeSource.system())
            .records(documents.records())
            .modules(modules)
            .authenticator(new ConfiguredTokens(documents.store()))
            .socketLimits(apiOptions.sockets())
            .calls(calls);
    switch (accountFiles()) {
      case TransferredFiles transferred -> api.files(transferred);
      case AccountFiles other -> api.files(other);
    }
    if (invitations != null) {
      api.invitations(invitations);
    }
    if (deliveries != null) {
      api.webhooks(deliveries);
    }
    try {
      Api built = api.build();
      HttpServer server =
          HttpServer.start(http, built, apiOptions.http(), pages, apiOptions.pages());
      // From the memory, they would be lost when the host stops.
      if (documents.hasLastingRecords()) {
        TimeSource.system().start("imported-passwords", () -> moveImportedPasswords(built));
      }
      return server;
    } catch (RuntimeException e) {
      if (NetworkErrors.isOfAddress(e)) {
        throw new IllegalArgumentException(
            NetworkErrors.cannotListen("serve the API", http, "--http", e), e);
      }
      throw e;
    }
  }

  private void moveImportedPasswords(Api api) {
    try {
      api.moveImportedPasswords();
    } catch (StoreUnavailableException e) {
      print(
          spec.commandLine().getErr(),
          "warning: passwords and API keys that were imported were not moved, which the next start"
              + " does: "
              + CommandErrors.text(e));
    }
  }

  private static String tokenHint(HostDocuments documents) {
    return documents.store().systemConfig().path("api").path("tokens").isEmpty()
            && documents.records().list(RecordQuery.oldest(RecordKind.TOKEN, 1)).isEmpty()
        ? "; no tokens are configured (see ./callflow token --help)"
        : "";
  }

  private @Nullable Journal openJournal() throws IOException {
    return journal == null ? null : Journal.open(journal, TimeSource.system(), maskNumbers);
  }

  private CallAccess access() {
    return access(allowFrom, callSecrets, System.getenv());
  }

  static CallAccess access(
      List<String> allowFrom, List<String> callSecrets, Map<String, String> environment) {
    String fromEnvironment = environment.getOrDefault("CALLFLOW_CALL_SECRET", "");
    List<String> secrets =
        callSecrets.isEmpty() && !fromEnvironment.isEmpty()
            ? List.of(fromEnvironment.split(",", -1))
            : callSecrets;
    return CallAccess.of(allowFrom, secrets);
  }

  private void warnIfOpen(InetSocketAddress calls, PrintWriter err) {
    if (access().isOpen() && !calls.getAddress().isLoopbackAddress()) {
      print(
          err,
          "warning: anyone who can reach "
              + text(calls)
              + " can hand over calls for any account; see --allow-from and --call-secret");
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static void print(PrintWriter writer, String line) {
    writer.println(line);
    writer.flush();
  }
}
