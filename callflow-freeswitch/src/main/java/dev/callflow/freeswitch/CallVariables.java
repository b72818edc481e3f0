package dev.callflow.freeswitch;

import dev.callflow.esl.message.EslEvent;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a call, except those that only prove where the call comes from or where it
 * continues. Decoded when they are read: a call has dozens, and most callflows read few of them.
 */
final class CallVariables extends AbstractMap<String, String> {

  private final EslEvent channelData;

  CallVariables(EslEvent channelData) {
    this.channelData = channelData;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    // FreeSWITCH's names are case-insensitive, those of this map are not.
    return name instanceof String text && channelData.variable(text).isPresent()
        ? decoded().get(text)
        : null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return Collections.unmodifiableMap(decoded()).entrySet();
  }

  private Map<String, String> decoded() {
    return CallAccess.withoutProof(channelData.variables());
  }
}
