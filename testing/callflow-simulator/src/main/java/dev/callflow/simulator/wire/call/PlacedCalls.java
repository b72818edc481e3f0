package dev.callflow.simulator.wire.call;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.wire.job.Jobs;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Places calls on the switch and routes them. */
public final class PlacedCalls implements Originate.Calls {

  private final SimulatedSwitch model;
  private final Routing routing;
  private final Hooks hooks;
  private final Jobs jobs;
  private final String domain;
  private final BooleanSupplier refuses;

  /**
   * @param domain the domain that all calls share
   * @param refuses returns whether the switch creates no more channels
   */
  public PlacedCalls(
      SimulatedSwitch model,
      Routing routing,
      Hooks hooks,
      Jobs jobs,
      String domain,
      BooleanSupplier refuses) {
    this.model = model;
    this.routing = routing;
    this.hooks = hooks;
    this.jobs = jobs;
    this.domain = domain;
    this.refuses = refuses;
  }

  /** Places a call and routes it through the dialplan. */
  public void place(NewChannel call) {
    model.arrive(call);
    created(call.uuid());
    route(call.uuid(), call.destination());
  }

  /** Returns the data of a new call, with the domain that all calls share. */
  public NewChannel call(
      String uuid, String from, String name, String to, Map<String, String> variables) {
    return new NewChannel(uuid, from, name, to, domain, variables);
  }

  @Override
  public void arrive(
      String uuid, String from, String name, String to, Map<String, String> variables) {
    model.arrive(call(uuid, from, name, to, variables));
  }

  @Override
  public void route(String uuid, String number) {
    routing.route(uuid, number);
  }

  @Override
  public void inline(String uuid, String applications) {
    routing.inline(uuid, applications);
  }

  @Override
  public void execute(String uuid, String application, String data) {
    routing.execute(uuid, application, data);
  }

  @Override
  public void created(String uuid) {
    model.channel(uuid).ifPresent(leg -> hooks.on(leg, "originate"));
  }

  @Override
  public void answered(String uuid) {
    model.channel(uuid).ifPresent(leg -> hooks.on(leg, "post_originate"));
  }

  @Override
  public boolean refused() {
    return refuses.getAsBoolean();
  }

  @Override
  public void inBackground(Runnable job) {
    jobs.inBackground(job);
  }
}
