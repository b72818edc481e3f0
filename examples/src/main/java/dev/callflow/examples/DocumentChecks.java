package dev.callflow.examples;

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
import dev.callflow.core.document.DocumentCheck;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks documents without a switch: against the schemas, with the checks of the modules, and for
 * settings that are probably mistaken.
 */
final class DocumentChecks implements DocumentCheck {

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
