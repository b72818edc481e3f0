package dev.callflow.examples;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A complete application: takes FreeSWITCH's calls, runs their callflows, controls the rooms.
 *
 * <p>This is all that it takes to embed Callflow; the rest of this module is a command line.
 */
public final class DialplanHost implements AutoCloseable {

  private final FreeSwitch freeSwitch;
  private final Conferences conferences;
  private final CallflowEngine engine;

  /**
   * Starts a host; returns when it listens for calls.
   *
   * @param documents accounts, callflows, conferences
   * @param options where FreeSWITCH is
   * @param defaultAccount the account of calls that belong to no other
   * @param calls is told what becomes of calls
   * @param visits is told how visits to conferences end
   */
  public DialplanHost(
      DocumentStore documents,
      FreeSwitchOptions options,
      Optional<AccountId> defaultAccount,
      CallObserver calls,
      ConferenceObserver visits) {
    this(
        documents, options, defaultAccount, calls, visits, Optional.empty(), MediaGuard.standard());
  }

  /**
   * Starts a host that writes a journal; returns when it listens for calls.
   *
   * @param documents accounts, callflows, conferences
   * @param options where FreeSWITCH is
   * @param defaultAccount the account of calls that belong to no other
   * @param calls is told what becomes of calls
   * @param visits is told how visits to conferences end
   * @param journal gets what comes in and what is decided; empty for none
   * @param media what accounts may hear
   */
  public DialplanHost(
      DocumentStore documents,
      FreeSwitchOptions options,
      Optional<AccountId> defaultAccount,
      CallObserver calls,
      ConferenceObserver visits,
      Optional<Journal> journal,
      MediaGuard media) {
    TimeSource time = TimeSource.system();
    freeSwitch = new FreeSwitch(options, time);
    Mixer mixer = freeSwitch.mixer();
    conferences =
        Conferences.builder(documents, journal.map(it -> it.mixer(mixer)).orElse(mixer), time)
            .observer(journal.map(it -> it.observer(visits)).orElse(visits))
            .media(media)
            .build();
    CallflowEngine.Builder builder =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .media(media)
            .observer(calls);
    journal.ifPresent(it -> builder.legs(it::leg));
    defaultAccount.ifPresent(builder::defaultAccount);
    engine = builder.build();
    freeSwitch.start(engine);
  }

  /**
   * Returns the conferences, to watch and control them.
   *
   * @return the conferences
   */
  public Conferences conferences() {
    return conferences;
  }

  /**
   * Returns where calls are taken.
   *
   * @return the address, with the true port
   */
  public InetSocketAddress calls() {
    return freeSwitch.calls();
  }

  /**
   * Waits until rooms can be controlled.
   *
   * @param longest how long
   * @return whether they can
   */
  public boolean awaitConnected(Duration longest) {
    return freeSwitch.awaitConnected(longest);
  }

  /**
   * Tells how many calls are being handled.
   *
   * @return their number
   */
  public int live() {
    return engine.live();
  }

  @Override
  public void close() {
    freeSwitch.close();
  }
}
