package dev.callflow.conference.schema;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Violation;
import dev.callflow.core.limit.AccountLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the documents of accounts against their schema.
 *
 * <p>Thread-safe.
 */
public final class AccountSchema {

  private AccountSchema() {}

  /** Loaded on first use. */
  private static final class Loaded {
    static final DocumentSchema SCHEMA =
        DocumentSchema.load(
            "accounts",
            new ByteArrayInputStream(schema().toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns the schema of accounts, for editors and documentation.
   *
   * @return a copy of the schema (JSON Schema, draft 7)
   */
  public static ObjectNode schema() {
    ObjectNode account = resource();
    addSections((ObjectNode) account.at("/properties/config/properties"));
    return account;
  }

  /**
   * Adds the sections that the configurations of accounts and of the system have.
   *
   * @param properties the properties of the schema of a configuration
   */
  public static void addSections(ObjectNode properties) {
    properties.set("conferences", section(ConferenceSchemas.ofConfiguration()));
    properties.set("limits", section(AccountLimits.schema()));
  }

  private static ObjectNode section(ObjectNode schema) {
    String title = schema.path("title").asString("");
    schema.remove(List.of("$schema", "title"));
    if (!schema.has("description")) {
      schema.put("description", title);
    }
    return schema;
  }

  /**
   * Checks the document of an account.
   *
   * @param document the document
   * @return the violations; empty if the document is valid
   */
  public static List<Violation> violations(ObjectNode document) {
    return Loaded.SCHEMA.violations(document);
  }

  private static ObjectNode resource() {
    try (InputStream stream = AccountSchema.class.getResourceAsStream("accounts.json")) {
      if (stream == null) {
        throw new IllegalStateException("missing resource accounts.json");
      }
      return Json.readObject(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("accounts.json cannot be read", e);
    }
  }
}
