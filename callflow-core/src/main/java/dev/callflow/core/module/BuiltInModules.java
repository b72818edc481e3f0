package dev.callflow.core.module;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleProvider;
import java.util.List;

/** Provides the built-in modules. */
public final class BuiltInModules implements ModuleProvider {

  /** Creates the provider; required by the service loader. */
  public BuiltInModules() {}

  @Override
  public List<CallflowModule> modules() {
    return List.of(
        new CallflowBranch(),
        new Play(),
        new Sleep(),
        new Hangup(),
        new Response(),
        new Menu(),
        new Tts(),
        new SetVariables(),
        new BranchVariable(),
        new CheckCid(),
        new CollectDtmf(),
        new Transfer());
  }
}
