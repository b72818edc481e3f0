package dev.callflow.testkit.replay;

import dev.callflow.core.document.Json;
import dev.callflow.testkit.replay.result.CaseResult;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a case in Java instead of JSON: documents, calls, what callers do. What must come of it is
 * either said here or asserted on the result.
 *
 * <p>What is built is a case file, see {@link #json()}; mistakes are those of a case file, with its
 * JSON pointers. Not for use by several threads at once.
 */
public final class CaseBuilder {

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private CaseBuilder(String sentence) {
    root.put("case", sentence);
  }

  /**
   * Begins a case.
   *
   * @param sentence what holds if it passes
   * @return a builder
   */
  public static CaseBuilder that(String sentence) {
    return new CaseBuilder(sentence);
  }

  /**
   * Adds an account.
   *
   * @param id its id
   * @param contents adds its documents
   * @return this builder
   */
  public CaseBuilder account(String id, Consumer<Account> contents) {
    contents.accept(new Account(child(root, "accounts").putObject(id)));
    return this;
  }

  /**
   * Says how long a medium is.
   *
   * @param medium as the engine asks for it, such as {@code conf-welcome} or {@code media:ID}
   * @param length how long it plays; two or three seconds unless said
   * @return this builder
   */
  public CaseBuilder media(String medium, Duration length) {
    child(root, "media").put(medium, length.toMillis() + "ms");
    return this;
  }

  /**
   * Adds a call.
   *
   * @param name what the case calls it by; not used yet
   * @param account the account it belongs to
   * @param to the number that is dialled
   * @param script says who calls and what they do
   * @return this builder
   * @throws IllegalArgumentException if there is a call of that name
   */
  public CaseBuilder call(String name, String account, String to, Consumer<Caller> script) {
    ObjectNode calls = child(root, "calls");
    if (calls.has(name)) {
      throw new IllegalArgumentException(
          "/calls/" + name + ": there are two calls of the name \"" + name + "\"");
    }
    ObjectNode call = calls.putObject(name).put("at", "0ms").put("account", account).put("to", to);
    script.accept(new Caller(call));
    return this;
  }

  /**
   * Says what must come of it, as the key {@code expect} of a case file does.
   *
   * @param json an object
   * @return this builder
   * @throws IllegalArgumentException if it is no JSON
   */
  public CaseBuilder expect(String json) {
    root.set("expect", object(json));
    return this;
  }

  /**
   * Sets any other key of a case file, such as {@code control}, {@code faults} or {@code callees}.
   *
   * @param key the key
   * @param json its value
   * @return this builder
   * @throws IllegalArgumentException if it is no JSON
   */
  public CaseBuilder with(String key, String json) {
    root.set(key, read(json));
    return this;
  }

  /**
   * Returns the case as a file would have it.
   *
   * @return JSON
   */
  public String json() {
    return root.toPrettyString();
  }

  /**
   * Builds the case.
   *
   * @return the case
   * @throws IllegalArgumentException if it is none, with every problem and its JSON pointer
   */
  public CaseFile build() {
    try {
      return CaseFile.parse(root.path("case").asString(), json());
    } catch (CaseFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Builds the case and runs it; blocks until it has ended.
   *
   * @return what became of it
   * @throws IllegalArgumentException if it is none, with every problem and its JSON pointer
   * @throws InterruptedException if the calling thread is interrupted
   */
  public CaseResult run() throws InterruptedException {
    return CaseRunner.run(build());
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
     * @throws IllegalArgumentException if it is no JSON
     */
    public Account callflow(String json) {
      return document("callflows", json);
    }

    /**
     * Adds a conference.
     *
     * @param json the document
     * @return this account
     * @throws IllegalArgumentException if it is no JSON
     */
    public Account conference(String json) {
      return document("conferences", json);
    }

    /**
     * Adds any document.
     *
     * @param collection {@code callflows}, {@code conferences}, {@code devices}, {@code users} or
     *     {@code media}
     * @param json the document
     * @return this account
     * @throws IllegalArgumentException if it is no JSON
     */
    public Account document(String collection, String json) {
      ArrayNode documents =
          body.path(collection) instanceof ArrayNode there ? there : body.putArray(collection);
      documents.add(object(json));
      return this;
    }

    /**
     * Sets the account's configuration.
     *
     * @param json an object, such as {@code {"conferences": {"pin_timeout": 3000}}}
     * @return this account
     * @throws IllegalArgumentException if it is no JSON
     */
    public Account config(String json) {
      body.set("config", object(json));
      return this;
    }
  }

  /** Collects who calls and what they do. */
  public static final class Caller {

    private final ObjectNode call;

    private Caller(ObjectNode call) {
      this.call = call;
    }

    /**
     * Sets when the call arrives.
     *
     * @param at from the start of the case, which is what holds unless said
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
     * Sets a variable of the call's channel.
     *
     * @param name its name
     * @param value its value
     * @return this caller
     */
    public Caller variable(String name, String value) {
      child(call, "vars").put(name, value);
      return this;
    }

    /**
     * Waits for something; the next step follows 200 ms after it has happened.
     *
     * @param trigger {@code hears MEDIUM}, {@code joined}, {@code left}, {@code answered}, {@code
     *     start} or {@code then}
     * @return the step
     */
    public Step when(String trigger) {
      ArrayNode steps =
          call.path("does") instanceof ArrayNode there ? there : call.putArray("does");
      return new Step(this, steps.addObject().put("when", trigger));
    }
  }

  /** Says what a caller does at one moment. */
  public static final class Step {

    private final Caller caller;
    private final ObjectNode step;

    private Step(Caller caller, ObjectNode step) {
      this.caller = caller;
      this.step = step;
    }

    /**
     * Sets how long the caller waits after that.
     *
     * @param pause 200 ms unless said
     * @return this step
     */
    public Step after(Duration pause) {
      step.put("after", pause.toMillis() + "ms");
      return this;
    }

    /**
     * Presses keys, 100 ms apart.
     *
     * @param keys digits, {@code *}, {@code #}, A to D
     * @return the caller
     */
    public Caller presses(String keys) {
      step.put("presses", keys);
      return caller;
    }

    /**
     * Talks.
     *
     * @param length for how long
     * @return the caller
     */
    public Caller speaks(Duration length) {
      step.put("speaks", length.toMillis() + "ms");
      return caller;
    }

    /**
     * Hangs up.
     *
     * @return the caller
     */
    public Caller hangsUp() {
      step.put("hangs up", true);
      return caller;
    }
  }

  private static ObjectNode child(ObjectNode of, String key) {
    return of.path(key) instanceof ObjectNode there ? there : of.putObject(key);
  }

  private static JsonNode read(String json) {
    try {
      return Json.read(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("this is no JSON: " + json, e);
    }
  }

  private static ObjectNode object(String json) {
    if (read(json) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("this is no JSON object: " + json);
  }
}
