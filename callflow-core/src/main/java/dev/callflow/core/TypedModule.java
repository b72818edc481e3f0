package dev.callflow.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.advice.KnownKeys;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Node;
import dev.callflow.core.document.Problem;
import dev.callflow.core.time.OneLine;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A module that has a JSON schema and a type for its data (docs/own-elements.md).
 *
 * <p>The data of a node is checked and parsed when the first call reaches the node, and again only
 * after its callflow has changed or has been dropped from the engine's cache. A node with invalid
 * data does not run: the engine logs the problems as a warning, and the call continues at the
 * wildcard child.
 *
 * <p>Safe for use by any thread if the subclass is.
 *
 * @param <D> the type of the data; immutable, because all calls share the parsed data
 */
public abstract class TypedModule<D> implements CallflowModule {

  private static final Logger LOG = LoggerFactory.getLogger(TypedModule.class);

  /** A key that every node may have and that the interpreter handles. */
  private static final String SKIP = "skip_module";

  private final String name;
  private final DocumentSchema schema;
  private final KnownKeys keys;
  private final Function<ObjectNode, ParsedData<D>> parser;

  /** By the identity of nodes, which live as long as their parsed callflows. */
  private final Cache<Node.Action, ParsedData<D>> parsed =
      Caffeine.newBuilder().executor(Runnable::run).weakKeys().build();

  /**
   * Creates a module and loads its schema.
   *
   * @param name the module's name, as nodes specify it
   * @param schema the JSON schema (draft 7) for the data, usually by {@code getResourceAsStream},
   *     which this constructor closes; null if the resource does not exist
   * @param parser parses data that the schema accepts, with the defaults of the schema filled in,
   *     and strings turned into the booleans and integers that the schema requires. May keep and
   *     change its argument; must not block
   * @throws IllegalArgumentException if the schema does not exist
   */
  protected TypedModule(
      String name, @Nullable InputStream schema, Function<ObjectNode, ParsedData<D>> parser) {
    this.name = name;
    this.schema = DocumentSchema.load(name, schema);
    this.keys = KnownKeys.of(this.schema, SKIP);
    this.parser = parser;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Optional<ObjectNode> schema() {
    return Optional.of(schema.source());
  }

  /**
   * Checks a node's data against the schema, warns of keys that the schema does not describe, and
   * tries to parse the data.
   *
   * @param data the node's data
   * @return the problems and warnings, with pointers relative to the data; empty if there are none
   */
  @Override
  public List<Problem> check(ObjectNode data) {
    ObjectNode own = withoutSkip(data);
    Set<Problem> problems = new LinkedHashSet<>(schema.check(own));
    problems.addAll(keys.check(data));
    switch (parse(own)) {
      case ParsedData.Valid<D> valid -> {}
      case ParsedData.Invalid<D> invalid -> problems.addAll(invalid.problems());
    }
    return List.copyOf(problems);
  }

  @Override
  public final Outcome run(ModuleContext context) {
    Node.Action node = context.node();
    return switch (parsed.get(node, it -> parse(withoutSkip(it.data())))) {
      case ParsedData.Valid<D>(D data) -> run(context, data);
      case ParsedData.Invalid<D>(List<Problem> problems) -> {
        JsonPointer place = node.path().appendProperty("data");
        List<Problem> inDocument = problems.stream().map(it -> it.under(place)).toList();
        LOG.warn("skipping {}, because its data is invalid: {}", name, OneLine.of(inDocument));
        yield new Outcome.Continue();
      }
    };
  }

  /**
   * Runs a node. Called on the call's own thread, which it may block by calling the call's
   * operations.
   *
   * @param context the call, the node, and the services of the engine
   * @param data the node's data
   * @return how the callflow continues
   * @throws dev.callflow.core.call.CallEndedException when the call ends; do not catch it
   */
  protected abstract Outcome run(ModuleContext context, D data);

  private ParsedData<D> parse(ObjectNode data) {
    ObjectNode complete = schema.withDefaults(schema.repaired(data));
    List<Problem> violations = schema.check(complete);
    if (!violations.isEmpty()) {
      return new ParsedData.Invalid<>(violations);
    }
    try {
      return parser.apply(complete);
    } catch (RuntimeException e) {
      // Its message may quote the document, so it is neither a problem nor logged.
      LOG.debug("{} failed to parse its data at {}", name, List.of(e.getStackTrace()));
      return ParsedData.invalid("", "cannot be parsed: " + e.getClass().getSimpleName());
    }
  }

  private static ObjectNode withoutSkip(ObjectNode data) {
    if (!data.has(SKIP)) {
      return data;
    }
    ObjectNode own = data.deepCopy();
    own.remove(SKIP);
    return own;
  }
}
