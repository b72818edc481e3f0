package dev.callflow.benchmarks.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures the store with 10,000 conferences of one account, on H2 in a file and on an embedded
 * PostgreSQL. Prints how long it takes to read the first page, to read all documents, to find one
 * document in the database and in memory, and to make changes.
 *
 * <p>{@code benchmarks/run store} runs the benchmark.
 */
public final class StoreBenchmark {

  private static final AccountId ACME = new AccountId("acme");
  private static final DocumentType CONFERENCE = DocumentType.CONFERENCE;
  private static final int DOCUMENTS = 10_000;
  private static final int PAGE = 50;

  private StoreBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args not used
   * @throws IOException if the databases cannot be created
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("callflow-store");
    Path file = folder.resolve("calls");
    measure("H2, file", StoreOptions.of("jdbc:h2:" + file));
    Files.delete(folder.resolve("calls.mv.db"));
    Files.delete(folder);
    // Uses full durability; by default, the embedded server does not wait for the disk.
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      measure(
          "PostgreSQL 14, same machine",
          StoreOptions.of("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres")
              .login("postgres", "postgres"));
    }
  }

  private static void measure(String name, StoreOptions options) {
    try (JdbcStore store = JdbcStore.open(options, TimeSource.system())) {
      System.out.println(name + ":");
      row("create, one after another", "", times(0, DOCUMENTS, i -> create(store, i)));
    }
    // A new store, whose cache is still empty.
    try (JdbcStore store = JdbcStore.open(options, TimeSource.system())) {
      double[] first = times(0, 1, i -> page(store));
      times(0, 200, i -> page(store));
      row("first page of 50 of 10,000, warm", " (bar: 50)", times(0, 500, i -> page(store)));
      row("the very first page after the start", " (bar: 50)", first);
      row("find, from the database", "", times(0, DOCUMENTS, i -> find(store, i)));
      row("find, from memory", "", times(0, DOCUMENTS, i -> find(store, i)));
      row(
          "all 10,000, from the database",
          "",
          times(
              0,
              9,
              i -> {
                replace(store, i);
                all(store);
              }));
      row("replace, one after another", "", times(100, 1_100, i -> replace(store, i)));
    }
  }

  private static void create(JdbcStore store, int number) {
    done(store.create(ACME, CONFERENCE, id(number), conference(number)));
  }

  private static void replace(JdbcStore store, int number) {
    ObjectNode body = conference(number);
    done(store.replace(ACME, CONFERENCE, id(number), body, Revision.of(1, body)));
  }

  private static void done(WriteResult result) {
    if (!(result instanceof WriteResult.Written)) {
      throw new IllegalStateException("expected the document to be written, but got " + result);
    }
  }

  private static void page(JdbcStore store) {
    int size = store.page(ACME, CONFERENCE, Optional.empty(), true, PAGE).size();
    if (size != PAGE) {
      throw new IllegalStateException("expected a page of " + PAGE + " documents, but got " + size);
    }
  }

  private static void find(JdbcStore store, int number) {
    if (store.find(ACME, CONFERENCE, id(number)).isEmpty()) {
      throw new IllegalStateException("found no document with the number " + number);
    }
  }

  private static void all(JdbcStore store) {
    int size = store.all(ACME, CONFERENCE).size();
    if (size != DOCUMENTS) {
      throw new IllegalStateException("expected " + DOCUMENTS + " documents, but got " + size);
    }
  }

  private static String id(int number) {
    return "%032x".formatted(number * 0x9E3779B97F4A7C15L);
  }

  private static ObjectNode conference(int number) {
    ObjectNode body = Json.object();
    body.put("name", "Conference of team " + number);
    body.putArray("conference_numbers").add(String.valueOf(100_000 + number));
    ObjectNode member = body.putObject("member");
    member.put("join_muted", true).put("join_deaf", false).put("play_entry_prompt", false);
    member.putArray("pins").add("1234").add("4321");
    ObjectNode moderator = body.putObject("moderator");
    moderator.put("join_muted", false).putArray("pins").add("987654");
    body.put("require_moderator", true).put("wait_for_moderator", true).put("play_name", false);
    body.put("max_participants", 50).put("owner_id", id(number / 10));
    body.putObject("profile").put("energy-level", 300).put("comfort-noise", 1000);
    body.putArray("flags").add("team").add("weekly");
    return body;
  }

  private static double[] times(int from, int to, IntConsumer work) {
    return IntStream.range(from, to)
        .mapToDouble(i -> {
          long start = System.nanoTime();
          work.accept(i);
          return (System.nanoTime() - start) / 1e6;
        })
        .toArray();
  }

  private static void row(String what, String bar, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    List<String> figures =
        IntStream.of(50, 99, 100)
            .mapToObj(percent -> sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)])
            .map("%10.3f"::formatted)
            .toList();
    System.out.printf(
        "  %-38s ms: p50 %s  p99 %s  slowest %s%s%n",
        what, figures.get(0), figures.get(1), figures.get(2), bar);
  }
}
