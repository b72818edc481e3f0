package dev.callflow.core;

import java.util.List;

/**
 * Provides several modules through one service declaration.
 *
 * <p>An engine loads the modules of all declared providers, and then the individually declared
 * {@link CallflowModule}s. If two modules have the same name, the later one is used.
 */
public interface ModuleProvider {

  /**
   * Creates the modules.
   *
   * @return the modules, with distinct names
   */
  List<CallflowModule> modules();
}
