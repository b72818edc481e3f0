package dev.callflow.core;

import java.util.List;

/**
 * Provides several modules by one service declaration.
 *
 * <p>An engine has the modules of all providers that are declared as services, then those {@link
 * CallflowModule}s that are declared one by one; of two with the same name the later one counts.
 */
public interface ModuleProvider {

  /**
   * Makes the modules.
   *
   * @return the modules, each with a name of its own
   */
  List<CallflowModule> modules();
}
