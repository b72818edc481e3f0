package dev.callflow.testkit.replay.script;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.simulator.model.FarEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads case files. */
public final class CaseReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<Problem> problems = new ArrayList<>();

  private CaseReader() {}

  public static CaseReading read(String json) {
    CaseReader reader = new CaseReader();
    JsonNode root = reader.tree(json);
    Optional<CaseScript> found = Optional.empty();
    if (root instanceof ObjectNode object) {
      found = Optional.of(reader.script(new Fields(object, JsonPointer.empty(), reader.problems)));
    } else if (reader.problems.isEmpty()) {
      reader.problems.add(new Problem(JsonPointer.empty(), "must be a JSON object"));
    }
    return new CaseReading(found, List.copyOf(reader.problems));
  }

  private JsonNode tree(String json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      try {
        JsonNode root = MAPPER.readTree(parser);
        if (parser.nextToken() != null) {
          problems.add(
              new Problem(
                  JsonPointer.empty(),
                  "the file must contain one JSON object and nothing after it"));
        }
        return root;
      } catch (JacksonException e) {
        JsonPointer place = parser.streamReadContext().pathAsPointer();
        problems.add(
            new Problem(place, "%s (%s)".formatted(e.getOriginalMessage(), Json.where(e))));
        return JsonNodeFactory.instance.missingNode();
      }
    }
  }

  private CaseScript script(Fields root) {
    String name = root.required("case");
    CaseScript.Given given =
        new CaseScript.Given(
            accounts(root),
            root.object("system").map(Fields::node).orElseGet(CaseReader::none),
            root.durations("media"),
            mayPlay(root),
            faults(root));
    List<ScriptedCaller> calls = calls(root);
    List<Operation> control = control(root);
    Map<String, ScriptedCallee> callees = callees(root);
    calls.stream()
        .filter(call -> given.accounts().stream().noneMatch(it -> it.id().equals(call.account())))
        .forEach(call ->
            problems.add(
                new Problem(
                    JsonPointer.compile("/calls")
                        .appendProperty(call.name())
                        .appendProperty("account"),
                    "the case has no account \"" + call.account() + "\"")));
    ExpectedOutcome expectation =
        new ExpectedOutcomeReader(problems, calls, callees.keySet()).read(root.object("expect"));
    root.end();
    return new CaseScript(name, given, calls, control, callees, expectation);
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  private List<AccountDocuments> accounts(Fields root) {
    List<AccountDocuments> all = new ArrayList<>();
    root.objects(
        "accounts",
        (id, account) -> {
          if (id.isEmpty()) {
            account.problem("the id of an account must not be empty");
            return;
          }
          ObjectNode body = none();
          account.text("realm").ifPresent(realm -> body.put("realm", realm));
          account.object("config").ifPresent(config -> body.set("config", config.node()));
          account.object("preflow").ifPresent(preflow -> body.set("preflow", preflow.node()));
          List<AccountDocuments.Owned> documents = new ArrayList<>();
          for (DocumentType type : DocumentType.values()) {
            documents.addAll(documents(account, type));
          }
          account.end();
          all.add(new AccountDocuments(new AccountId(id), body, documents));
        });
    return all;
  }

  /**
   * Reads documents. Ignores items that are not objects. A document without an id gets an id that
   * is made from its index.
   */
  private static List<AccountDocuments.Owned> documents(Fields account, DocumentType type) {
    List<AccountDocuments.Owned> all = new ArrayList<>();
    int place = 0;
    for (JsonNode document : account.items(type.collection())) {
      if (document instanceof ObjectNode body) {
        String id = body.path("id").isString() ? body.path("id").stringValue() : "";
        all.add(
            new AccountDocuments.Owned(
                type, id.isEmpty() ? type.collection() + "-" + place : id, body));
      }
      place++;
    }
    return all;
  }

  /** Reads the media that a host's configuration would allow; by default all public URLs. */
  private static MediaGuard mayPlay(Fields root) {
    Optional<Fields> found = root.object("may_play");
    if (found.isEmpty()) {
      return MediaGuard.standard().publicHosts();
    }
    MediaGuard guard = MediaGuard.standard();
    Fields allowed = found.get();
    try {
      for (String host : allowed.texts("hosts")) {
        guard = guard.host(host);
      }
      for (String folder : allowed.texts("folders")) {
        guard = guard.folder(folder);
      }
    } catch (IllegalArgumentException e) {
      allowed.problem(String.valueOf(e.getMessage()));
    }
    allowed.end();
    return guard;
  }

  private static CaseFaults faults(Fields root) {
    Optional<Fields> found = root.object("faults");
    if (found.isEmpty()) {
      return new CaseFaults(false, false, Set.of());
    }
    Fields faults = found.get();
    boolean storeDown = word(faults, "store", "down");
    boolean refusesJoins = word(faults, "switch", "refuses-join");
    Set<String> missing = Set.copyOf(faults.texts("missing-media"));
    faults.end();
    return new CaseFaults(storeDown, refusesJoins, missing);
  }

  private static boolean word(Fields fields, String key, String only) {
    Optional<String> found = fields.text(key);
    if (found.isPresent() && !found.get().equals(only)) {
      fields.problem(key, "must be \"" + only + "\" or absent");
    }
    return found.isPresent();
  }

  private static List<ScriptedCaller> calls(Fields root) {
    List<ScriptedCaller> all = new ArrayList<>();
    root.objects(
        "calls",
        (name, call) -> {
          String account = call.required("account");
          if (account.isEmpty()) {
            account = "?";
          }
          all.add(
              new ScriptedCaller(
                  name,
                  call.requiredDuration("at"),
                  new AccountId(account),
                  call.required("to"),
                  call.text("from").orElse(""),
                  call.text("name").orElse(""),
                  variables(call),
                  steps(call)));
          call.end();
        });
    return all;
  }

  private static Map<String, String> variables(Fields call) {
    Map<String, String> all = new LinkedHashMap<>();
    call.object("vars")
        .ifPresent(vars ->
            vars.node()
                .propertyNames()
                .forEach(name -> vars.text(name).ifPresent(value -> all.put(name, value))));
    return all;
  }

  private static List<ScriptStep> steps(Fields of) {
    List<ScriptStep> all = new ArrayList<>();
    for (Fields step : of.list("does")) {
      String when = step.required("when");
      Optional<Trigger> trigger = Trigger.parse(when);
      if (trigger.isEmpty() && !when.isEmpty()) {
        step.problem(
            "when",
            "must be \"hears <medium>\", \"joined\", \"left\", \"answered\", \"start\" or \"then\"");
      }
      Duration after = step.duration("after").orElse(ScriptStep.DEFAULT_PAUSE);
      Optional<ScriptAction> action = action(step);
      step.end();
      if (trigger.isPresent() && action.isPresent()) {
        all.add(new ScriptStep(step.place(), trigger.get(), after, action.get()));
      }
    }
    return all;
  }

  private static Optional<ScriptAction> action(Fields step) {
    List<ScriptAction> all = new ArrayList<>();
    step.text("presses")
        .ifPresent(keys -> {
          if (!keys.matches("[0-9*#A-D]+")) {
            step.problem("presses", "must consist of the keys 0-9, *, # and A-D");
          }
          all.add(new ScriptAction.Presses(keys));
        });
    if (step.flag("hangs up")) {
      all.add(new ScriptAction.HangsUp());
    }
    step.duration("speaks").ifPresent(length -> all.add(new ScriptAction.Speaks(length)));
    boolean written = step.has("presses") || step.has("hangs up") || step.has("speaks");
    if (all.size() > 1 || !written) {
      step.problem("must have exactly one of \"presses\", \"hangs up\" and \"speaks\"");
    }
    return all.stream().findFirst();
  }

  private static List<Operation> control(Fields root) {
    List<Operation> all = new ArrayList<>();
    for (Fields operation : root.list("control")) {
      Duration at = operation.requiredDuration("at");
      String account = operation.required("account");
      String conference = operation.required("conference");
      Operation.Target target = target(operation);
      String action = operation.required("action");
      ObjectNode data = operation.object("data").map(Fields::node).orElseGet(CaseReader::none);
      Optional<String> reply = operation.text("reply");
      Optional<ObjectNode> returns = operation.object("returns").map(Fields::node);
      operation.end();
      if (!account.isEmpty() && !conference.isEmpty()) {
        RoomId room = new RoomId(new AccountId(account), conference);
        String place = "/control/" + all.size();
        all.add(new Operation(place, at, room, target, action, data, reply, returns));
      }
    }
    return all;
  }

  private static Operation.Target target(Fields operation) {
    Optional<String> one = operation.text("participant");
    boolean all = operation.flag("participants");
    if (one.isPresent() && all) {
      operation.problem("must not have both \"participant\" and \"participants\"");
    }
    if (all) {
      return new Operation.Target.Participants();
    }
    return one.<Operation.Target>map(Operation.Target.Participant::new)
        .orElseGet(Operation.Target.Conference::new);
  }

  private static Map<String, ScriptedCallee> callees(Fields root) {
    Map<String, ScriptedCallee> all = new LinkedHashMap<>();
    root.objects(
        "callees",
        (endpoint, callee) -> {
          List<FarEnd> behaviours = new ArrayList<>();
          callee.duration("answers").ifPresent(after -> behaviours.add(new FarEnd.Answers(after)));
          if (callee.flag("busy")) {
            behaviours.add(new FarEnd.Refuses(HangupCause.USER_BUSY));
          }
          if (callee.flag("no answer")) {
            behaviours.add(new FarEnd.NeverAnswers());
          }
          boolean written = callee.has("answers") || callee.has("busy") || callee.has("no answer");
          if (behaviours.size() > 1 || !written) {
            callee.problem("must have exactly one of \"answers\", \"busy\" and \"no answer\"");
          }
          List<ScriptStep> does = steps(callee);
          callee.end();
          behaviours.stream()
              .findFirst()
              .ifPresent(
                  behaviour -> all.put(endpoint, new ScriptedCallee(endpoint, behaviour, does)));
        });
    return all;
  }
}
