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
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslException;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A complete application that takes calls from FreeSWITCH, runs their callflows and controls
 * conferences.
 *
 * <p>This class shows all the code that is needed to embed Callflow; the rest of this module is a
 * command line.
 */
public final class DialplanHost implements AutoCloseable {

  private final FreeSwitch freeSwitch;
  private final Conferences conferences;
  private final CallflowEngine engine;

  /**
   * Starts a host; returns once it is listening for calls.
   *
   * @param documents the accounts, callflows and conferences
   * @param options the addresses and options for FreeSWITCH
   * @param defaultAccount the account for calls that belong to no other account
   * @param calls an observer of the progress of calls
   * @param visits an observer of the outcome of each visit to a conference
   */
  public DialplanHost(
      DocumentStore documents,
      FreeSwitchOptions options,
      Optional<AccountId> defaultAccount,
      CallObserver calls,
      ConferenceObserver visits) {
    this(
        documents,
        options,
        defaultAccount,
        calls,
        visits,
        Optional.empty(),
        MediaGuard.standard(),
        Duration.ofMinutes(1));
  }

  /**
   * Starts a host that writes a journal; returns once it is listening for calls.
   *
   * @param documents the accounts, callflows and conferences
   * @param options the addresses and options for FreeSWITCH
   * @param defaultAccount the account for calls that belong to no other account
   * @param calls an observer of the progress of calls
   * @param visits an observer of the outcome of each visit to a conference
   * @param journal the journal of inputs and decisions; empty for none
   * @param media decides which media an account may play
   * @param unreachableTimeout how long rooms are kept while FreeSWITCH cannot be reached
   */
  public DialplanHost(
      DocumentStore documents,
      FreeSwitchOptions options,
      Optional<AccountId> defaultAccount,
      CallObserver calls,
      ConferenceObserver visits,
      Optional<Journal> journal,
      MediaGuard media,
      Duration unreachableTimeout) {
    TimeSource time = TimeSource.system();
    freeSwitch = new FreeSwitch(options, time);
    Mixer mixer = freeSwitch.mixer();
    Limits limits = Limits.of(documents, time, AccountLimits.standard());
    conferences =
        Conferences.builder(documents, journal.map(it -> it.mixer(mixer)).orElse(mixer), time)
            .observer(journal.map(it -> it.observer(visits)).orElse(visits))
            .limits(limits)
            .media(media)
            .unreachableTimeout(unreachableTimeout)
            .build();
    CallflowEngine.Builder builder =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .limits(limits)
            .media(media)
            .observer(calls);
    journal.ifPresent(it -> builder.legs(it::leg));
    defaultAccount.ifPresent(builder::defaultAccount);
    engine = builder.build();
    freeSwitch.start(engine);
  }

  /**
   * Returns the conferences, for watching and controlling them.
   *
   * @return the conferences
   */
  public Conferences conferences() {
    return conferences;
  }

  /**
   * Returns the address at which the host listens for calls.
   *
   * @return the address, with the actual port
   */
  public InetSocketAddress calls() {
    return freeSwitch.calls();
  }

  /**
   * Waits until the host is connected to FreeSWITCH and can control conferences.
   *
   * @param timeout how long to wait
   * @return whether the host is connected
   */
  public boolean awaitConnected(Duration timeout) {
    return freeSwitch.awaitConnected(timeout);
  }

  /**
   * Returns why the last attempt to connect to FreeSWITCH failed.
   *
   * @return the reason; empty if no attempt has ended yet, or the last one succeeded
   */
  public Optional<EslException> connectFailure() {
    return freeSwitch.connectFailure();
  }

  /**
   * Returns how many calls are in progress.
   *
   * @return the number of calls
   */
  public int live() {
    return engine.live();
  }

  @Override
  public void close() {
    freeSwitch.close();
  }
}
