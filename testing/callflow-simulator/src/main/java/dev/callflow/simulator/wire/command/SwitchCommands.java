package dev.callflow.simulator.wire.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.wire.call.EmbeddedCommands;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The {@code api} commands that concern the switch as a whole, and those that only compute a value.
 */
public final class SwitchCommands implements ApiCommandGroup {

  private final SimulatedSwitch model;
  private final EmbeddedCommands variables;
  private final Supplier<String> coreUuid;
  private final String hostname;
  private final String version;

  /**
   * @param version the version that the switch reports, such as {@code 1.11.2}
   */
  public SwitchCommands(
      SimulatedSwitch model,
      EmbeddedCommands variables,
      Supplier<String> coreUuid,
      String hostname,
      String version) {
    this.model = model;
    this.variables = variables;
    this.coreUuid = coreUuid;
    this.hostname = hostname;
    this.version = version;
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.ofEntries(
        Map.entry("status", none -> status()),
        Map.entry("version", this::version),
        Map.entry("hostname", none -> hostname),
        Map.entry("global_getvar", this::global),
        Map.entry("global_setvar", this::setGlobal),
        Map.entry("eval", variables::substitute),
        Map.entry("md5", SwitchCommands::md5),
        // The simulator has no shell, so these commands do nothing.
        Map.entry("system", line -> ""),
        Map.entry("spawn", line -> ""),
        Map.entry("bg_spawn", line -> ""),
        Map.entry("bg_system", line -> "+OK\n"),
        Map.entry("echo", text -> text),
        Map.entry("file_exists", file -> String.valueOf(model.recordings().contains(file.strip()))),
        Map.entry("spawn_stream", this::spawn),
        Map.entry("create_uuid", none -> UUID.randomUUID().toString()));
  }

  private String version(String how) {
    return how.equals("short")
        ? version + "\n"
        : "FreeSWITCH Version %s-simulated~64bit ( 64bit)\n".formatted(version);
  }

  private String status() {
    int sessions = model.channels().size();
    return String.format(
        Locale.ROOT,
        """
        UP 0 years, 0 days, 0 hours, 0 minutes, 1 second, 0 milliseconds, 0 microseconds
        FreeSWITCH (Version %s-simulated  64bit) is ready
        %d session(s) since startup
        %d session(s) - peak %d, last 5min %d\s
        %d session(s) per Sec out of max 1000, peak %d, last 5min %d\s
        5000 session(s) max
        min idle cpu 0.00/100.00
        Current Stack Size/Max 240K/8192K
        """,
        version,
        sessions,
        sessions,
        sessions,
        sessions,
        sessions,
        sessions,
        sessions);
  }

  private String global(String name) {
    return switch (name) {
      case "core_uuid" -> coreUuid.get();
      case "hostname", "switchname" -> hostname;
      default -> variables.global(name).orElse("");
    };
  }

  private String setGlobal(String assignment) {
    String[] pair = assignment.split("=", 2);
    variables.setGlobal(pair[0], pair.length > 1 ? pair[1] : "");
    return "+OK";
  }

  private static String md5(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform does not provide MD5", e);
    }
  }

  /** Simulates {@code rm}, the only available program, which deletes a recording. */
  private String spawn(String line) {
    if (line.startsWith("rm -f -- ")) {
      model.discard(line.substring("rm -f -- ".length()));
    }
    return "";
  }
}
