package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.RoomProfile;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a room's profile as FreeSWITCH's {@code conference.conf}, for the HTTP endpoint from which
 * {@code mod_xml_curl} requests that configuration. FreeSWITCH requests it on each join, and again
 * for the key bindings of each member ({@code Action=request-controls}).
 *
 * <p>All values from documents are escaped. Parameters that make FreeSWITCH write files or dial
 * numbers are left out, since a document must not choose these files and numbers. Entry and exit
 * tones are left out, too: Callflow sets them for each leg.
 */
public final class ConferenceConf {

  private static final Set<String> NOT_FOR_DOCUMENTS =
      Set.of("auto-record", "cdr-event-mode", "cdr-log-dir", "outcall-templ");

  /** The tones, which Callflow sets for each leg. */
  private static final Set<String> TONES = Set.of("enter-sound", "exit-sound");

  private final SoundFiles sounds;

  /**
   * Creates a writer for one switch.
   *
   * @param options the settings of the switch, including its sound files
   */
  public ConferenceConf(FreeSwitchOptions options) {
    this.sounds = new SoundFiles(options);
  }

  /**
   * Writes a profile.
   *
   * @param name the profile name from FreeSWITCH's request ({@code profile_name})
   * @param profile the room's profile, from {@link
   *     dev.callflow.conference.Conferences#profile(dev.callflow.conference.mixer.RoomId)}
   * @return the XML document
   */
  public String xml(String name, RoomProfile profile) {
    Map<String, String> parameters = new TreeMap<>(profile.parameters());
    profile.sounds().forEach((key, media) -> parameters.put(key, sounds.file(media)));
    parameters.keySet().removeAll(NOT_FOR_DOCUMENTS);
    parameters.keySet().removeAll(TONES);
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n");
    xml.append("<document type=\"freeswitch/xml\">\n");
    xml.append("  <section name=\"configuration\">\n");
    xml.append("    <configuration name=\"conference.conf\" description=\"Callflow\">\n");
    xml.append("      <caller-controls>\n        <group name=\"none\"/>\n");
    xml.append("      </caller-controls>\n      <profiles>\n");
    xml.append("        <profile name=\"").append(escaped(name)).append("\">\n");
    parameters.forEach((key, value) ->
        xml.append("          <param name=\"")
            .append(escaped(key))
            .append("\" value=\"")
            .append(escaped(value))
            .append("\"/>\n"));
    xml.append("        </profile>\n      </profiles>\n    </configuration>\n");
    return xml.append("  </section>\n</document>\n").toString();
  }

  /** Escapes text for XML; drops {@code $}, which makes FreeSWITCH insert variables. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .filter(c -> c >= ' ' && c != '$' && Character.isDefined(c) && c != 0xfffe && c != 0xffff)
        .forEach(c -> {
          switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&apos;");
            default -> safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }
}
