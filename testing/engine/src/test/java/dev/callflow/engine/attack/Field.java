package dev.callflow.engine.attack;

import dev.callflow.core.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field that an outsider can fill in and whose text could reach FreeSWITCH.
 *
 * @param name the name of the field
 * @param attack puts a payload into the field
 */
record Field(String name, Attack attack) {

  /** Puts a payload into a field and makes the host use it. */
  interface Attack {
    void with(AttackedHost host, String payload) throws InterruptedException;
  }

  /** Returns the fields of control requests. A caller must be in the red conference. */
  static List<Field> ofRequests() {
    List<Field> all = new ArrayList<>();
    for (String key :
        List.of(
            "caller_id_name",
            "caller_id_number",
            "profile_name",
            "outbound_call_id",
            "target_call_id")) {
      all.add(dial(key, (data, payload) -> data.put(key, payload)));
    }
    all.add(dial("endpoint", (data, payload) -> data.putArray("endpoints").add(payload)));
    all.add(
        dial("sip user", (data, it) -> data.putArray("endpoints").add("sip:" + it + "@127.0.0.1")));
    all.add(dial("sip host", (data, it) -> data.putArray("endpoints").add("sip:bob@" + it)));
    all.add(
        dial("sip port", (data, it) -> data.putArray("endpoints").add("sip:b@127.0.0.1:1" + it)));
    all.add(dial("number", (data, it) -> data.putArray("endpoints").add("1" + it)));
    for (String key : List.of("route", "username", "realm")) {
      all.add(
          dial(
              "device's " + key,
              (data, it) -> {
                ObjectNode sip = data.putArray("endpoints").addObject().putObject("sip");
                sip.put("username", "bob").put(key, it);
              }));
    }
    all.add(
        dial(
            "device's forward",
            (data, it) ->
                data.putArray("endpoints")
                    .addObject()
                    .putObject("call_forward")
                    .put("enabled", true)
                    .put("number", it)));
    all.add(dial("flag", (data, it) -> data.putArray("participant_flags").add(it)));
    all.add(
        dial(
            "variable's value",
            (data, it) -> data.putObject("custom_application_vars").put("a", it)));
    all.add(
        dial(
            "variable's name",
            (data, it) -> data.putObject("custom_application_vars").put(it, "1")));
    all.add(
        new Field(
            "conference's id in a dial request",
            (host, it) -> host.control(it, "", "dial", dialData())));
    all.add(
        new Field(
            "name of a conference that is not stored",
            (host, it) -> host.control("adhoc", "", "dial", dialData().put("name", it))));
    all.add(of("value of a room's variable", "vars", it -> vars("a", it)));
    all.add(of("name of a room's variable", "vars", it -> vars(it, "1")));
    all.add(of("media", "play", it -> Json.object().put("media_id", it)));
    all.add(of("banned number", "ban", it -> Json.object().put("caller_id_number", it)));
    all.add(of("cancelled call", "cancel", it -> Json.object().put("call_id", it)));
    all.add(
        new Field(
            "participant",
            (host, it) -> host.control(AttackedHost.RED, it, "kick", Json.object())));
    all.add(
        new Field(
            "media for a participant",
            (host, it) ->
                host.control(AttackedHost.RED, "1", "play", Json.object().put("media_id", it))));
    all.add(
        new Field(
            "related participant",
            (host, it) ->
                host.control(
                    AttackedHost.RED,
                    "*",
                    "relate",
                    Json.object().put("participant_id", it).put("other_participant", it))));
    all.add(
        new Field("conference's id", (host, it) -> host.control(it, "", "lock", Json.object())));
    return all;
  }

  /** Returns the fields of callflows and callers. */
  static List<Field> ofCalls() {
    List<Field> all = new ArrayList<>();
    all.add(call("variable's value", "set_variables", it -> cav("a", it)));
    all.add(call("variable's name", "set_variables", it -> cav(it, "1")));
    for (String key : List.of("text", "voice", "language", "engine")) {
      all.add(call("spoken " + key, "tts", it -> Json.object().put("text", "Hi").put(key, it)));
    }
    all.add(call("number of a transfer", "transfer", it -> Json.object().put("number", it)));
    all.add(call("media", "play", it -> Json.object().put("id", it)));
    all.add(call("media of a refusal", "response", it -> Json.object().put("media", it)));
    all.add(call("conference's id", "conference", it -> Json.object().put("id", it)));
    all.add(call("id of an ad-hoc conference", "conference", it -> config("id", it)));
    all.add(call("name of an ad-hoc conference", "conference", it -> config("name", it)));
    for (String key :
        List.of("profile_name", "profile", "max_members_media", "domain", "language")) {
      all.add(call(key, "conference", it -> config("id", "adhoc", key, it)));
    }
    for (String key : List.of("moh-sound", "alone-sound", "enter-sound", "exit-sound", "domain")) {
      all.add(
          call(
              "profile's " + key,
              "conference",
              it -> {
                ObjectNode data = config("id", "adhoc");
                ((ObjectNode) data.path("config")).putObject("profile").put(key, it);
                return data;
              }));
    }
    all.add(
        new Field(
            "caller's name",
            (host, it) -> {
              if (host.callersAreFree()) {
                host.call("1001", it, node("conference", id()));
              }
            }));
    all.add(
        new Field(
            "caller's number",
            (host, it) -> {
              if (host.callersAreFree()) {
                host.call(it, "Alice", node("conference", id()));
              }
            }));
    return all;
  }

  private static ObjectNode id() {
    return Json.object().put("id", AttackedHost.RED);
  }

  private interface Fill {
    void in(ObjectNode data, String payload);
  }

  /**
   * Returns a dial request for a number that does not answer, because only the sent commands
   * matter.
   */
  private static ObjectNode dialData() {
    ObjectNode data = Json.object().put("timeout", 1);
    data.putArray("endpoints").add("7");
    return data;
  }

  private static Field dial(String name, Fill fill) {
    return new Field(
        "dial: " + name,
        (host, payload) -> {
          ObjectNode data = dialData();
          fill.in(data, payload);
          host.control(AttackedHost.RED, "", "dial", data);
        });
  }

  private static Field of(String name, String action, Function<String, ObjectNode> data) {
    return new Field(
        name, (host, it) -> host.control(AttackedHost.RED, "", action, data.apply(it)));
  }

  private static Field call(String name, String module, Function<String, ObjectNode> data) {
    UnaryOperator<ObjectNode> wrapped = it -> node(module, it);
    return new Field(
        module + ": " + name,
        (host, it) -> host.call("1001", "Alice", wrapped.apply(data.apply(it))));
  }

  private static ObjectNode node(String module, ObjectNode data) {
    ObjectNode node = Json.object().put("module", module);
    if (module.equals("conference")) {
      data.putObject("welcome_prompt").put("play", false);
    }
    node.set("data", data);
    return node;
  }

  private static ObjectNode config(String... keysAndValues) {
    ObjectNode data = Json.object();
    ObjectNode config = data.putObject("config");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return data;
  }

  private static ObjectNode cav(String name, String value) {
    ObjectNode data = Json.object();
    data.putObject("custom_application_vars").put(name, value);
    return data;
  }

  private static ObjectNode vars(String name, String value) {
    ObjectNode data = Json.object();
    data.putObject("custom_conference_vars").put(name, value);
    return data;
  }
}
