package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.credential.Credentials;
import dev.callflow.api.credential.Digest;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.DocumentChecks;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

@Execution(ExecutionMode.CONCURRENT)
class CommandsIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Map<String, String> environment = Map.of();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Main.commandLine(environment, arguments)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void theDemoSucceedsAndShowsItsScenes() {
    assertThat(run("demo")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "Alice hears conf-welcome",
            "Bob joins the board conference as a moderator",
            "Mallory is refused: bad_pin",
            "Alice is muted",
            "Erin is refused: full",
            "Erin hears ivr-please_try_again",
            "Grace joins the weekly conference",
            "the board conference ends",
            "Done: ")
        .doesNotContain("\u001b", "FAILED")
        .containsSubsequence("Alice hears conf-enter_conf_pin", "Alice presses 482913#");
  }

  @Test
  void theExampleDocumentsHaveNoProblems() {
    assertThat(run("lint", "../examples/data")).as(out.toString()).isZero();
  }

  @Test
  void theTimeoutsOfTheHostAreInSeconds() {
    TimeoutOptions options = new TimeoutOptions();
    new CommandLine(
            CommandSpec.create().addMixin("timeouts", CommandSpec.forAnnotatedObject(options)))
        .parseArgs(
            "--unreachable-timeout", "90", "--control-timeout", "10", "--closing-timeout", "0");
    assertThat(options.unreachable()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.control()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.closing()).isZero();
  }

  @Test
  void aTimeoutBelowOneSecondIsRefused() {
    assertThat(run("host", "--data", "../examples/data", "--unreachable-timeout", "0"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--unreachable-timeout must be at least 1, but is 0");
  }

  @Test
  void recordsAreKeptForAtLeastADay() {
    for (String option : List.of("--keep-history", "--keep-audit")) {
      assertThat(run("host", "--data", "../examples/data", option, "0")).isEqualTo(2);
      assertThat(err.toString()).contains(option + " must be at least 1, but is 0");
    }
  }

  @Test
  void optionsForFilesThatDoNotFitAreRefused() {
    String files = "--files=../examples";
    assertThat(run("host", "--data", "../examples/data", "--transfer", "http://127.0.0.1:8000"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--transfer requires --files");
    assertThat(run("host", "--data", "../examples/data", "--files-at-freeswitch", "/srv"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--files-at-freeswitch requires --files");
    assertThat(run("host", "--data", "../examples/data", "--files", "../no-such-folder"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("cannot use the folder for files ../no-such-folder");
    assertThat(run("host", "--data", "../examples/data", files, "--files-at-freeswitch", "srv"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("must be an absolute path, but is srv");
    assertThat(
            run("host", "--data", "../examples/data", files, "--transfer", "http://127.0.0.1:80"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--transfer requires --http");
  }

  /** The port is taken, so the host would fail otherwise if it listened first. */
  @Test
  void aMailServerRequiresASenderAndTheApiBeforeTheHostTakesCalls() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();
      String[] withoutSender = {
        "host", "--data", "../examples/data", "--listen", listen, "--mail", "smtp://127.0.0.1"
      };
      assertThat(run(withoutSender)).isEqualTo(2);
      assertThat(err.toString()).contains("--mail-from");
      String[] withoutApi = {
        "host",
        "--data",
        "../examples/data",
        "--listen",
        listen,
        "--mail",
        "smtp://127.0.0.1",
        "--mail-from",
        "noreply@example.com"
      };
      assertThat(run(withoutApi)).isEqualTo(2);
      assertThat(err.toString()).contains("--mail requires --http");
    }
  }

  @Test
  void invalidAddressesAndSecretsForCallsAreExplained() {
    assertThat(run("host", "--data", "../examples/data", "--allow-from", "freeswitch.example.com"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("not an IP address or a network").contains("10.0.0.0/8");
    assertThat(run("host", "--data", "../examples/data", "--call-secret", "hunter2")).isEqualTo(2);
    assertThat(err.toString()).contains("16 to 256 characters").doesNotContain("hunter2");
  }

  @Test
  void invalidLimitsOfTheApiAreExplained() {
    assertThat(withApi("--trusted-proxy", "127.0.0.1,proxy.example.com")).isEqualTo(2);
    assertThat(err.toString())
        .contains("a trusted proxy must be an IP address or a network such as 10.0.0.0/8")
        .contains("proxy.example.com");
    assertThat(withApi("--max-connections-per-address", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--max-connections-per-address must be at least 1, but is 0");
  }

  private int withApi(String option, String value) {
    return run(
        "host",
        "--data",
        "../examples/data",
        "--listen",
        "127.0.0.1:0",
        "--http",
        "127.0.0.1:0",
        option,
        value);
  }

  @Test
  void theSecretForCallsMayComeFromTheEnvironment() {
    Map<String, String> environment =
        Map.of("CALLFLOW_CALL_SECRET", "secret-of-tomorrow,secret-of-yesterday");
    assertThat(HostCommand.access(List.of(), List.of(), environment))
        .hasToString("CallAccess[allowFrom=[], secrets=2]");
    assertThat(
            HostCommand.access(
                List.of("10.0.0.0/8"), List.of("secret-of-the-command"), environment))
        .hasToString("CallAccess[allowFrom=[10.0.0.0/8], secrets=1]");
    assertThat(HostCommand.access(List.of(), List.of(), Map.of()).isOpen()).isTrue();
  }

  @Test
  void lintPrintsTheFileAndAPointer() throws IOException {
    Path file =
        write("flow.json", "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"play\",\"data\":{}}}");
    assertThat(run("lint", file.toString())).isEqualTo(1);
    assertThat(out.toString().strip())
        .isEqualTo(file + ": /flow/data: missing required property \"id\"");
  }

  @Test
  void lintChecksTheLimitsOfAnAccountAndOfTheSystem() throws IOException {
    Path account =
        write("account.json", "{\"config\":{\"limits\":{\"allowed_prefixes\":[\"+4x\"]}}}");
    Path system = write("system.json", "{\"limits\":{\"rooms\":-1}}");
    assertThat(run("lint", account.toString(), system.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            account + ": /config/limits/allowed_prefixes/0: must match ^[+*#0-9][0-9*#]{0,31}$",
            system + ": /limits/rooms: must be at least 0");
  }

  @Test
  void lintTreatsWarningsAsProblemsOnlyWithStrict() throws IOException {
    Path file = write("room.json", "{\"name\":\"Board\",\"endconf_grace_time\":5}");
    assertThat(run("lint", file.toString())).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.contains(": warning: "))
        .anyMatch(line -> line.startsWith(file + ": /endconf_grace_time: warning: has no effect"));
    assertThat(run("lint", "--strict", file.toString())).isEqualTo(1);
  }

  @Test
  void lintChecksTheDocumentsOfAFolderTogether() throws IOException {
    Path account = folder.resolve("lint/accounts/acme");
    for (String name : List.of("a", "b")) {
      Path room = account.resolve("conferences/" + name + ".json");
      Files.createDirectories(room.getParent());
      Files.writeString(
          room,
          "{\"name\":\"x\",\"member\":{\"join_muted\":false},\"conference_numbers\":[\"70\"]}");
    }
    assertThat(run("lint", folder.resolve("lint").toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("b.json: /conference_numbers/0: also belongs to conference a");
  }

  @Test
  void lintPrintsTheFindingsOfAllFilesAlthoughOneIsMissing() throws IOException {
    Path one = write("one.json", "{\"foo\":1}");
    Path two = write("two.json", "[]");
    assertThat(run("lint", one.toString(), "nosuch.json", two.toString())).isEqualTo(2);
    assertThat(out.toString().lines())
        .containsExactly(
            one
                + ": is neither a callflow nor a conference; other documents must be in a folder"
                + " called devices, users or media",
            two + ": is not a JSON object");
    assertThat(err.toString().strip()).isEqualTo("nosuch.json: does not exist");
  }

  @Test
  void lintChecksTheDocumentsOfAnyFolder() throws IOException {
    Path room =
        write("room.json", "{\"name\":\"x\",\"member\":{\"join_muted\":false,\"pin\":\"1\"}}");
    write("flow.json", "{\"numbers\":[\"1\"],\"flow\":{}}");
    assertThat(run("lint", folder.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            room
                + ": /member/pin: unknown key, so callers get in without a PIN; did you mean"
                + " \"pins\"?");
  }

  @Test
  void lintPrintsJsonAndAnnotationsForPullRequests() throws IOException {
    Path file = write("flow.json", "{\"numbers\":[\"1\"],\n\"flow\":{\"module\":\"menue\"}}");
    assertThat(run("lint", "--format", "json", file.toString())).isZero();
    assertThat(Json.read(out.toString()).at("/0/line").asInt()).isEqualTo(2);
    out.getBuffer().setLength(0);
    assertThat(run("lint", "--format", "github", "--strict", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("::warning file=" + file + ",line=2,title=callflow lint::/flow/module: ");
    assertThat(run("lint", "--format", "xml", file.toString())).isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .hasSize(2)
        .last()
        .isEqualTo("see ./callflow lint --help");
  }

  @Test
  void aDataFolderAndItsHostWarnOfUnknownModulesAndKeepThem() throws IOException {
    Path callflow = folder.resolve("lint/accounts/acme/callflows/a.json");
    Files.createDirectories(callflow.getParent());
    Files.writeString(
        callflow, "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"menue\",\"colour\":1}}");
    assertThat(run("lint", folder.resolve("lint").toString())).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            callflow + ": /flow/colour: warning: unknown key, which has no effect",
            callflow
                + ": /flow/module: warning: unknown module \"menue\"; the call continues at the"
                + " wildcard child; did you mean \"menu\"?");
    try (DataFolder data =
        DataFolder.read(folder.resolve("lint"), new DocumentChecks(), TimeSource.system())) {
      assertThat(data.problems()).hasSize(2).allMatch(it -> it.problem().warning());
      assertThat(data.find(new AccountId("acme"), DocumentType.CALLFLOW, "a").orElseThrow().body())
          .hasToString("{\"numbers\":[\"1\"],\"flow\":{\"module\":\"menue\",\"colour\":1}}");
    }
  }

  @Test
  void lintAllowsTheMediaThatTheHostAllows() throws IOException {
    Path file =
        write(
            "board.json",
            "{\"name\":\"Board\",\"member\":{\"join_muted\":false},"
                + "\"max_members_media\":\"https://media.example.com/full.wav\","
                + "\"profile\":{\"moh-sound\":\"/srv/media/x.wav\"}}");
    assertThat(run("lint", file.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            file
                + ": /max_members_media: warning: is played only if the host application allows the"
                + " host of the URL",
            file
                + ": /profile/moh-sound: is not a playable file; expected a sound file in a"
                + " folder that the host application allows");
    String[] allowing = {
      "lint", "--media-host", "media.example.com", "--media-folder", "/srv/media", file.toString()
    };
    assertThat(run(allowing)).isZero();
    assertThat(run("lint", "--media-host", "http://x", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("not a media host: http://x");
  }

  @Test
  void replayDistinguishesPassedFailedAndInvalidCases() throws IOException {
    String good =
        """
        {"case":"A play","accounts":{"acme":{"callflows":[{"numbers":["1"],
          "flow":{"module":"play","data":{"id":"x"}}}],"media":[{"id":"x"}]}},
         "calls":{"alice":{"at":"0s","account":"acme","to":"1"}},
         "expect":{"calls":{"alice":{"hears":["media:x"]}}}}\
        """;
    Path passes = write("good.case.json", good);
    Path fails = write("fails.case.json", good.replace("media:x", "media:y"));
    Path typo =
        write(
            "typo.case.json",
            good.replace("\"calls\":{\"alice\":{\"at\"", "\"cals\":{\"alice\":{\"at\""));
    assertThat(run("replay", passes.toString())).isZero();
    assertThat(run("replay", passes.toString(), fails.toString())).isEqualTo(1);
    assertThat(out.toString()).endsWith("1 passed, 1 failed" + System.lineSeparator());
    assertThat(run("replay", typo.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("/cals");
  }

  @Test
  void replayRunsTheCasesOfAFolder() throws IOException {
    assertThat(run("replay", folder.toString())).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(folder + ": contains no cases, that is, files whose names end in .case.json");
    Files.createDirectories(folder.resolve("a"));
    Path one = Path.of("../examples/programs/src/test/resources/cases/three-wrong-pins.case.json");
    Files.copy(one, folder.resolve("a/one.case.json"));
    Files.copy(one, folder.resolve("two.case.json"));
    write("notes.json", "{}");
    assertThat(run("replay", folder.toString())).as(out.toString()).isZero();
    assertThat(out.toString()).endsWith("2 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void aScriptPlacesCallsPressesKeysAndListsRooms() throws IOException {
    Path script =
        write(
            "script.txt",
            """
            # Two callers meet.
            call 1001 conference:lobby Alice Adams
            call 1002 conference:lobby
            wait 1 joined
            wait 2 joined 5
            press 1 12#
            talk 2 0.1
            api conference lobby mute 1
            rooms
            hangup 1
            wait 1 ended
            calls
            quit
            """);
    assertThat(simulate(script)).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "the simulated FreeSWITCH is listening at 127.0.0.1:",
            "  1 joins lobby",
            "+OK mute 1",
            "lobby: 2",
            "  1 Alice Adams <1001>, muted",
            "ended: NORMAL_CLEARING");
  }

  @Test
  void aScriptFailsWithAnExplanationWhenAWaitTimesOut() throws IOException {
    Path script = write("script.txt", "call 1001 park\nwait 1 hears nothing 0.1\nwait 7 ended\n");
    assertThat(simulate(script)).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "caller 1: timed out waiting for \"hears nothing 0.1\"; heard [], not ended",
            "caller 7 does not exist");
  }

  @Test
  void aScriptDoesNotWaitForACallerWhoIsGone() throws IOException {
    Path script =
        write(
            "script.txt",
            """
            call 1001 park
            hangup 1
            wait 1 ended
            wait 1 hears nothing 99999
            wait 1 joined 99999
            """);
    assertThat(simulate(script)).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "caller 1: the call has ended, so this cannot happen: \"hears nothing 99999\"",
            "caller 1: the call has ended, so this cannot happen: \"joined 99999\"");
  }

  private int simulate(Path script) {
    return run("simulate", "--esl", "127.0.0.1:0", "--script", script.toString());
  }

  @Test
  void anInvalidAddressIsExplained() {
    assertThat(run("host", "--data", "../examples/data", "--listen", "nowhere")).isEqualTo(2);
    assertThat(err.toString())
        .contains("must be HOST:PORT with a port from 0 to 65535, but is 'nowhere'");
  }

  @Test
  void aFolderThatIsNotADataFolderIsExplained() {
    assertThat(run("host", "--data", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("not a data folder");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aTokenIsAddedToTheDataFolder() throws IOException {
    Path system = folder.resolve("system.json");
    environment = Map.of("CALLFLOW_ACCOUNT", "acme");
    assertThat(run("token", "--add-to", folder.toString())).as(err.toString()).isZero();
    Files.writeString(
        system, Files.readString(system).replaceFirst("\\{", "{\"conferences\": {},"));
    assertThat(run("token", "--super-admin", "--add-to", folder.toString())).isZero();
    List<String> tokens = out.toString().lines().toList();
    assertThat(Json.read(Files.readString(system)))
        .isEqualTo(
            Json.read(
                "{\"conferences\":{},\"api\":{\"tokens\":[{\"sha256\":\"%s\",\"account\":\"acme\"},"
                        .formatted(HashedTokens.hash(tokens.get(0)))
                    + "{\"sha256\":\"%s\",\"super_admin\":true}]}}"
                        .formatted(HashedTokens.hash(tokens.get(1)))));
  }

  @Test
  void aTokenMayHaveScopesAndATimeOfExpiry() throws IOException {
    assertThat(
            run(
                "token",
                "--account=acme",
                "--scopes=read,control",
                "--expires=2099-01-31T12:00:00Z",
                "--add-to",
                folder.toString()))
        .as(err.toString())
        .isZero();
    assertThat(Json.read(Files.readString(folder.resolve("system.json"))).at("/api/tokens/0"))
        .isEqualTo(
            Json.read(
                "{\"sha256\":\"%s\",\"account\":\"acme\",\"scopes\":[\"read\",\"control\"],\"expires\":\"2099-01-31T12:00:00Z\"}"
                    .formatted(HashedTokens.hash(out.toString().strip()))));
    assertThat(run("token", "--account=acme", "--scopes=write")).isEqualTo(2);
    assertThat(run("token", "--account=acme", "--expires=1999-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--scopes: must be read, control, documents or admin, but is write",
            "--expires: must be a time such as \"2027-01-31T12:00:00Z\" in the future, but is"
                + " 1999-01-01T00:00:00Z");
  }

  @Test
  void aTokenIsKeptInADatabase() {
    String url = "jdbc:h2:" + folder.resolve("callflow");
    assertThat(run("token", "--account=acme", "--store", url)).isEqualTo(2);
    assertThat(err.toString()).contains("the database has no account acme");
    assertThat(run("account", "create", "acme", "--store", url)).isZero();
    assertThat(run("token", "--account=acme", "--scopes=read", "--name=Wallboard", "--store", url))
        .as(err.toString())
        .isZero();
    String token = out.toString().lines().toList().getLast();
    try (JdbcStore store = JdbcStore.open(StoreOptions.of(url), TimeSource.system())) {
      StoredTokens tokens = new StoredTokens(store.records(), TimeSource.system());
      assertThat(tokens.authenticate(token))
          .contains(new Access.OfAccount(new AccountId("acme"), Set.of(Scope.READ)));
      assertThat(tokens.name(token)).isEqualTo("Wallboard");
    }
  }

  @Test
  void aPasswordIsSetInADatabase() throws IOException {
    String url = "jdbc:h2:" + folder.resolve("callflow");
    AccountId acme = new AccountId("acme");
    try (JdbcStore store = JdbcStore.open(StoreOptions.of(url), TimeSource.system())) {
      store.createAccount(acme, Json.readObject("{\"name\":\"Acme\"}"));
      store.create(acme, DocumentType.USER, "1", Json.readObject("{\"username\":\"anna\"}"));
    }
    String file = write("password", "correct horse\n").toString();
    assertThat(
            run("user", "password", "2", "--account=acme", "--store", url, "--password-file", file))
        .isEqualTo(2);
    assertThat(err.toString()).contains("account acme has no user 2");
    assertThat(
            run("user", "password", "1", "--account=acme", "--store", url, "--password-file", file))
        .as(err.toString())
        .isZero();
    assertThat(out + err.toString()).doesNotContain("correct horse");
    try (JdbcStore store = JdbcStore.open(StoreOptions.of(url), TimeSource.system())) {
      assertThat(
              new Credentials(store.records(), TimeSource.system())
                  .user(Optional.of(acme), Digest.of(Digest.Method.SHA1, "anna", "correct horse")))
          .isEqualTo(new Credentials.Found.User("1"));
    }
  }

  @Test
  void aPasswordIsSetForAHostWithADataFolder() throws IOException {
    String data = folder.resolve("data").toString();
    Files.createDirectories(folder.resolve("data/accounts/acme/users"));
    write("data/accounts/acme/users/1.json", "{\"username\": \"anna\"}");
    String file = write("password", "correct horse\n").toString();

    assertThat(
            run("user", "password", "1", "--account=acme", "--data", data, "--password-file", file))
        .as(err.toString())
        .isZero();
    try (FolderRecords records =
        FolderRecords.open(
            Path.of(data),
            Eventually.LIMIT,
            problem -> {
              throw new AssertionError(problem);
            })) {
      assertThat(
              new Credentials(records.store(), TimeSource.system())
                  .user(
                      Optional.of(new AccountId("acme")),
                      Digest.of(Digest.Method.MD5, "anna", "correct horse")))
          .isEqualTo(new Credentials.Found.User("1"));
    }
  }

  /** Locks the file of the records as a running host does. */
  @Test
  void aPasswordIsNotSetInTheFolderOfARunningHost() throws IOException {
    String data = folder.resolve("data").toString();
    Files.createDirectories(folder.resolve("data/accounts/acme/users"));
    String file = write("password", "correct horse\n").toString();
    Path records = write("data/records.mv.db", "");

    try (FileChannel channel = FileChannel.open(records, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isShared()).isFalse();
      assertThat(
              run(
                  "user",
                  "password",
                  "1",
                  "--account=acme",
                  "--data",
                  data,
                  "--password-file",
                  file))
          .isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("while a host runs with this folder, use its API instead, or stop it")
        .doesNotContain("correct horse");
    assertThat(run("user", "password", "1", "--account=acme", "--password-file", file))
        .isEqualTo(2);
    assertThat(err.toString()).contains("give either --data or --store");
  }

  @Test
  void aTokenIsNotAddedToAFileThatIsNotUnderstood() throws IOException {
    Files.writeString(folder.resolve("system.json"), "{\"api\": 471100}");
    assertThat(run("token", "--account=acme", "--add-to", folder.toString())).isEqualTo(2);
    Files.writeString(folder.resolve("system.json"), "{471100");
    assertThat(run("token", "--account=acme", "--add-to", folder.toString())).isEqualTo(2);
    assertThat(run("token", "--account=acme", "--super-admin")).isEqualTo(2);
    assertThat(run("token")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains(
            "system.json: must be an object, in which api.tokens is a list", "not JSON, line 1")
        .contains("give either --account or --super-admin")
        .doesNotContain("471100");
  }
}
