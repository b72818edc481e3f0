package dev.callflow.examples;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.schema.ConferenceAdvice;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.advice.Nearest;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentCheck;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.FileProblem;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks documents without a switch: against the schemas, with the checks of the modules, and for
 * settings that are probably mistaken.
 */
final class DocumentChecks implements DocumentCheck {

  private static final Set<String> OF_CALLFLOW = Set.of("flow", "numbers", "patterns");

  /** Keys that documents of all types may have. */
  private static final Set<String> OF_ALL =
      Set.of("id", "name", "owner_id", "flags", "language", "domain", "metadata");

  private static final Set<String> OF_CONFERENCE = keysOfConference();

  private static final Comparator<AccountId> BY_ID = Comparator.comparing(AccountId::value);

  private final CallflowCheck callflows;
  private final MediaGuard guard;

  /** Creates the checks for a host that allows no additional media. */
  DocumentChecks() {
    this(MediaGuard.standard());
  }

  DocumentChecks(MediaGuard guard) {
    this.guard = guard;
    MemoryStore store = new MemoryStore();
    TimeSource time = TimeSource.system();
    List<CallflowModule> modules = new ArrayList<>(CallflowEngine.builder(store, time).modules());
    modules.addAll(Conferences.builder(store, new NoMixer(), time).build().modules());
    callflows = new CallflowCheck(modules, guard);
  }

  private static Set<String> keysOfConference() {
    Set<String> keys =
        new HashSet<>(
            ConferenceSchemas.schemas()
                .getOrDefault("conferences", Json.object())
                .path("properties")
                .propertyNames());
    keys.removeAll(OF_ALL);
    return Set.copyOf(keys);
  }

  @Override
  public List<Problem> check(Document document) {
    return switch (document.type()) {
      case CALLFLOW -> callflows.check(document);
      case CONFERENCE -> conference(document);
      case MEDIA -> guard.check(document.body());
      case DEVICE, USER -> List.of();
    };
  }

  private List<Problem> conference(Document document) {
    List<Problem> problems = new ArrayList<>(ConferenceSchemas.checkConference(document.body()));
    problems.addAll(ConferenceSchemas.checkMedia(document.body(), guard));
    return problems;
  }

  /** Returns the problems and warnings for a single document. */
  List<Problem> lint(Document document) {
    List<Problem> problems = new ArrayList<>(check(document));
    problems.addAll(ConferenceAdvice.of(document));
    return problems;
  }

  /** Returns the warnings for the documents of a folder, which are checked together. */
  static List<FileProblem> advice(DataFolder folder) {
    List<FileProblem> all = new ArrayList<>();
    for (AccountId account : folder.accounts().stream().sorted(BY_ID).toList()) {
      for (DocumentType type : List.of(DocumentType.CALLFLOW, DocumentType.CONFERENCE)) {
        for (Document document : folder.all(account, type)) {
          ConferenceAdvice.of(document, account, folder)
              .forEach(it -> all.add(new FileProblem(Path.of(document.source()), it)));
        }
      }
    }
    return all;
  }

  /** Returns whether a file has the name of a configuration, of an account or the system. */
  static boolean isConfiguration(Path file) {
    return Set.of("account.json", "system.json").contains(String.valueOf(file.getFileName()));
  }

  /** Returns the problems of an account.json, or of a system.json. */
  static List<Problem> configuration(ObjectNode body) {
    List<Problem> problems = new ArrayList<>(AccountLimits.checkConfig(body));
    Json.object(body, "config")
        .map(AccountLimits::checkConfig)
        .orElse(List.of())
        .forEach(it -> problems.add(it.under(JsonPointer.compile("/config"))));
    return problems;
  }

  /**
   * Guesses the type of a document that is not in a data folder from its keys, even if one is
   * misspelt.
   *
   * @return the type; empty if the document is neither a callflow nor a conference
   */
  static Optional<DocumentType> typeOf(ObjectNode body) {
    Set<String> keys = Set.copyOf(body.propertyNames());
    if (keys.stream().anyMatch(OF_CALLFLOW::contains)) {
      return Optional.of(DocumentType.CALLFLOW);
    }
    if (keys.stream().anyMatch(OF_CONFERENCE::contains)) {
      return Optional.of(DocumentType.CONFERENCE);
    }
    if (keys.stream().anyMatch(key -> Nearest.to(key, OF_CALLFLOW).isPresent())) {
      return Optional.of(DocumentType.CALLFLOW);
    }
    if (keys.stream().anyMatch(key -> Nearest.to(key, OF_CONFERENCE).isPresent())
        || keys.contains("name") && OF_ALL.containsAll(keys)) {
      return Optional.of(DocumentType.CONFERENCE);
    }
    return Optional.empty();
  }

  /** Takes the place of the mixer, which modules do not need in order to check their data. */
  private static final class NoMixer implements Mixer {
    @Override
    public boolean available() {
      return false;
    }

    @Override
    public void enter(CallId leg, RoomId room, JoinOptions entry) {
      throw new IllegalStateException("no mixer is available for checking documents");
    }

    @Override
    public MixerReply apply(RoomId room, MixerCommand command) {
      return new MixerReply.NotThere();
    }

    @Override
    public SnapshotReply snapshot(RoomId room) {
      return new SnapshotReply.NoSuchRoom();
    }

    @Override
    public void listen(Consumer<MixerEvent> listener) {}
  }
}
