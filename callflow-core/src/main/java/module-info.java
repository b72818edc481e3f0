/**
 * Callflow documents, the code that looks them up and interprets them, and the interfaces that a
 * switch implements.
 */
module dev.callflow.core {
  requires transitive org.jspecify;
  requires transitive tools.jackson.databind;
  requires com.github.benmanes.caffeine;
  requires everit.json.schema;
  requires org.json;
  requires org.slf4j;

  exports dev.callflow.core.advice;
  exports dev.callflow.core.call;
  exports dev.callflow.core.document;
  exports dev.callflow.core.file;
  exports dev.callflow.core.limit;
  exports dev.callflow.core.listen;
  exports dev.callflow.core.record;
  exports dev.callflow.core.store;
  exports dev.callflow.core.time;
  exports dev.callflow.core;

  uses dev.callflow.core.CallflowModule;
  uses dev.callflow.core.ModuleProvider;

  provides dev.callflow.core.ModuleProvider with
      dev.callflow.core.module.BuiltInModules;
}
