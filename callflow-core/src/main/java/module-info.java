/** Callflow documents, their lookup and interpreter, and the ports to a switch. */
module dev.callflow.core {
  requires transitive org.jspecify;
  requires transitive tools.jackson.databind;
  requires com.github.benmanes.caffeine;
  requires everit.json.schema;
  requires org.json;
  requires org.slf4j;

  exports dev.callflow.core;
  exports dev.callflow.core.call;
  exports dev.callflow.core.document;
  exports dev.callflow.core.store;
  exports dev.callflow.core.time;

  uses dev.callflow.core.CallflowModule;

  provides dev.callflow.core.CallflowModule with
      dev.callflow.core.module.CallflowBranch,
      dev.callflow.core.module.Play,
      dev.callflow.core.module.Sleep,
      dev.callflow.core.module.Hangup,
      dev.callflow.core.module.Response,
      dev.callflow.core.module.Menu,
      dev.callflow.core.module.Tts,
      dev.callflow.core.module.SetVariables,
      dev.callflow.core.module.BranchVariable,
      dev.callflow.core.module.CheckCid,
      dev.callflow.core.module.CollectDtmf,
      dev.callflow.core.module.Transfer;
}
