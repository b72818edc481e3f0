package dev.callflow.testkit.replay;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.Json;
import dev.callflow.testkit.replay.result.CaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a case in Java instead of JSON: its documents, its calls, and what the callers do. The
 * expectations can be part of the case or asserted on the result.
 *
 * <p>The builder produces a case file (see {@link #json()}) and reports mistakes as problems in
 * that file, with JSON pointers. Not thread-safe.
 */
public final class CaseBuilder {

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final List<CallflowModule> modules = new ArrayList<>();

  private CaseBuilder(String sentence) {
    root.put("case", sentence);
  }

  /**
   * Begins a case.
   *
   * @param sentence the name of the case: a sentence that is true if the case passes
   * @return a builder
   */
  public static CaseBuilder that(String sentence) {
    return new CaseBuilder(sentence);
  }

  /**
   * Adds an account.
   *
   * @param id the id of the account
   * @param contents adds the documents of the account
   * @return this builder
   */
  public CaseBuilder account(String id, Consumer<Account> contents) {
    contents.accept(new Account(child(root, "accounts").putObject(id)));
    return this;
  }

  /**
   * Sets the length of a media item.
   *
   * @param medium the media item as the engine names it, such as {@code conf-welcome} or {@code
   *     media:ID}
   * @param length how long it plays; the default is two seconds for a prompt and three for other
   *     media
   * @return this builder
   */
  public CaseBuilder media(String medium, Duration length) {
    child(root, "media").put(medium, length.toMillis() + "ms");
    return this;
  }

  /**
   * Adds a call.
   *
   * @param name the name of the call, which must be unique in the case
   * @param account the id of the account that the call belongs to
   * @param to the dialled number
   * @param script describes the caller and their steps
   * @return this builder
   * @throws IllegalArgumentException if the case already has a call with this name
   */
  public CaseBuilder call(String name, String account, String to, Consumer<Caller> script) {
    ObjectNode calls = child(root, "calls");
    if (calls.has(name)) {
      throw new IllegalArgumentException(
          "/calls/" + name + ": there are two calls with the name \"" + name + "\"");
    }
    ObjectNode call = calls.putObject(name).put("at", "0ms").put("account", account).put("to", to);
    script.accept(new Caller(call));
    return this;
  }

  /**
   * Adds an element of your own, with which {@link #run} runs the case. It is not part of {@link
   * #json} and {@link #build}.
   *
   * @param module the element; replaces a built-in one of the same name
   * @return this builder
   */
  public CaseBuilder module(CallflowModule module) {
    modules.add(module);
    return this;
  }

  /**
   * Sets the expectations, as the key {@code expect} of a case file does.
   *
   * @param json a JSON object
   * @return this builder
   * @throws IllegalArgumentException if the text is not a JSON object
   */
  public CaseBuilder expect(String json) {
    root.set("expect", object(json));
    return this;
  }

  /**
   * Sets any other key of a case file, such as {@code control}, {@code faults} or {@code callees}.
   *
   * @param key the key
   * @param json the value of the key
   * @return this builder
   * @throws IllegalArgumentException if the value is not JSON
   */
  public CaseBuilder with(String key, String json) {
    root.set(key, read(json));
    return this;
  }

  /**
   * Returns the case as the content of a case file.
   *
   * @return the JSON
   */
  public String json() {
    return root.toPrettyString();
  }

  /**
   * Builds the case.
   *
   * @return the case
   * @throws IllegalArgumentException if the case is invalid; the message lists every problem with
   *     its JSON pointer
   */
  public CaseFile build() {
    try {
      return CaseFile.parse(root.path("case").asString(), json());
    } catch (CaseFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Builds the case and runs it. Blocks until it has ended.
   *
   * @return the result
   * @throws IllegalArgumentException if the case is invalid; the message lists every problem with
   *     its JSON pointer
   * @throws InterruptedException if the calling thread is interrupted
   */
  public CaseResult run() throws InterruptedException {
    return CaseRunner.run(build(), modules);
  }

  /** Collects the documents of an account. */
  public static final class Account {

    private final ObjectNode body;

    private Account(ObjectNode body) {
      this.body = body;
    }

    /**
     * Adds a callflow.
     *
     * @param json the document
     * @return this account
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public Account callflow(String json) {
      return document("callflows", json);
    }

    /**
     * Adds a conference.
     *
     * @param json the document
     * @return this account
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public Account conference(String json) {
      return document("conferences", json);
    }

    /**
     * Adds a document of any type.
     *
     * @param collection {@code callflows}, {@code conferences}, {@code devices}, {@code users} or
     *     {@code media}
     * @param json the document
     * @return this account
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public Account document(String collection, String json) {
      ArrayNode documents =
          body.path(collection) instanceof ArrayNode present ? present : body.putArray(collection);
      documents.add(object(json));
      return this;
    }

    /**
     * Sets the configuration of the account.
     *
     * @param json a JSON object such as {@code {"conferences": {"pin_timeout": 3000}}}
     * @return this account
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public Account config(String json) {
      body.set("config", object(json));
      return this;
    }
  }

  /** Collects the properties of a call and the steps of its caller. */
  public static final class Caller {

    private final ObjectNode call;

    private Caller(ObjectNode call) {
      this.call = call;
    }

    /**
     * Sets when the call arrives.
     *
     * @param at the time since the start of the case; the default is zero
     * @return this caller
     */
    public Caller at(Duration at) {
      call.put("at", at.toMillis() + "ms");
      return this;
    }

    /**
     * Sets the caller's number and name.
     *
     * @param number the number
     * @param name the name
     * @return this caller
     */
    public Caller from(String number, String name) {
      call.put("from", number).put("name", name);
      return this;
    }

    /**
     * Sets a channel variable of the call.
     *
     * @param name the name of the variable
     * @param value the value of the variable
     * @return this caller
     */
    public Caller variable(String name, String value) {
      child(call, "vars").put(name, value);
      return this;
    }

    /**
     * Begins a step that waits for a trigger. By default its action follows 200 ms later.
     *
     * @param trigger {@code hears MEDIUM}, {@code joined}, {@code left}, {@code answered}, {@code
     *     start} or {@code then}
     * @return the step, to which an action must be added
     */
    public Step when(String trigger) {
      ArrayNode steps =
          call.path("does") instanceof ArrayNode present ? present : call.putArray("does");
      return new Step(this, steps.addObject().put("when", trigger));
    }
  }

  /** One step of a caller: a trigger, a pause and an action. */
  public static final class Step {

    private final Caller caller;
    private final ObjectNode step;

    private Step(Caller caller, ObjectNode step) {
      this.caller = caller;
      this.step = step;
    }

    /**
     * Sets how long the caller waits between the trigger and the action.
     *
     * @param pause the time to wait; the default is 200 ms
     * @return this step
     */
    public Step after(Duration pause) {
      step.put("after", pause.toMillis() + "ms");
      return this;
    }

    /**
     * Makes the caller press keys, 100 ms apart.
     *
     * @param keys any of {@code 0} to {@code 9}, {@code *}, {@code #} and {@code A} to {@code D}
     * @return the caller
     */
    public Caller presses(String keys) {
      step.put("presses", keys);
      return caller;
    }

    /**
     * Makes the caller talk.
     *
     * @param length how long the caller talks
     * @return the caller
     */
    public Caller speaks(Duration length) {
      step.put("speaks", length.toMillis() + "ms");
      return caller;
    }

    /**
     * Makes the caller hang up.
     *
     * @return the caller
     */
    public Caller hangsUp() {
      step.put("hangs up", true);
      return caller;
    }
  }

  private static ObjectNode child(ObjectNode of, String key) {
    return of.path(key) instanceof ObjectNode present ? present : of.putObject(key);
  }

  private static JsonNode read(String json) {
    try {
      return Json.read(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + json, e);
    }
  }

  private static ObjectNode object(String json) {
    if (read(json) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("not a JSON object: " + json);
  }
}
