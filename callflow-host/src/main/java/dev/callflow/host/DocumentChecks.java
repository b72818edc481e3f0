package dev.callflow.host;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.DocumentCheck;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks documents against the schemas and with the checks of the modules, without a switch.
 *
 * <p>Immutable; safe for use by any thread if the modules are.
 */
public final class DocumentChecks implements DocumentCheck {

  private final List<CallflowModule> modules;
  private final CallflowCheck callflows;
  private final MediaGuard guard;

  /**
   * Creates the checks for a host that allows no additional media and has no modules of its own.
   */
  public DocumentChecks() {
    this(MediaGuard.standard(), List.of());
  }

  /**
   * Creates the checks for a host.
   *
   * @param guard decides which media an account may play
   * @param more the host's own modules, in addition to the built-in ones
   */
  public DocumentChecks(MediaGuard guard, List<CallflowModule> more) {
    this.guard = guard;
    MemoryStore store = new MemoryStore();
    TimeSource time = TimeSource.system();
    List<CallflowModule> all = new ArrayList<>(CallflowEngine.builder(store, time).modules());
    all.addAll(Conferences.builder(store, new NoMixer(), time).build().modules());
    all.addAll(more);
    modules = List.copyOf(all);
    callflows = new CallflowCheck(modules, guard);
  }

  /**
   * Returns the modules whose data is checked. They cannot run calls.
   *
   * @return the modules: the built-in ones, those of conferences, and the host's own, which replace
   *     earlier ones of the same name
   */
  public List<CallflowModule> modules() {
    return modules;
  }

  @Override
  public List<Problem> check(Document document) {
    return switch (document.type()) {
      case CALLFLOW -> callflows.check(document);
      case CONFERENCE -> conference(document);
      case MEDIA -> guard.check(document.body());
      case DEVICE, USER, WEBHOOK -> List.of();
    };
  }

  private List<Problem> conference(Document document) {
    List<Problem> problems = new ArrayList<>(ConferenceSchemas.checkConference(document.body()));
    problems.addAll(ConferenceSchemas.checkMedia(document.body(), guard));
    return problems;
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
