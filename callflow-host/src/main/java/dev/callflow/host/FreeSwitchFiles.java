package dev.callflow.host;

import dev.callflow.core.file.SentFile;
import dev.callflow.core.file.SwitchFiles;
import dev.callflow.freeswitch.FreeSwitch;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks one FreeSWITCH after the other for a recording, since its path does not say which has it.
 */
record FreeSwitchFiles(Collection<FreeSwitch> freeSwitches) implements SwitchFiles {

  FreeSwitchFiles {
    freeSwitches = List.copyOf(freeSwitches);
  }

  @Override
  public SentFile send(String path, Supplier<String> url) {
    SentFile result = new SentFile.NotSent("the host has no FreeSWITCH");
    boolean isUnknown = false;
    for (FreeSwitch each : freeSwitches) {
      boolean isConnected = each.isConnected();
      // A reason to try again says more than that another FreeSWITCH does not have the file.
      SentFile sent = each.sendRecording(path, url.get());
      if (sent instanceof SentFile.Sent) {
        return sent;
      }
      if (!isUnknown) {
        result = sent;
      }
      isUnknown |= !isConnected;
    }
    return result;
  }

  @Override
  public void discard(String path) {
    freeSwitches.forEach(it -> it.discardRecording(path));
  }
}
