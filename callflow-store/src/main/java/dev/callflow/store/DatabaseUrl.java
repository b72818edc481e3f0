package dev.callflow.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A JDBC URL. The user and password are kept separately, because drivers and pools quote URLs in
 * messages.
 */
record DatabaseUrl(String url, String user, String password) {

  static final String POSTGRES = "jdbc:postgresql:";
  static final String H2 = "jdbc:h2:";

  static DatabaseUrl parse(String url) {
    if (url.startsWith(POSTGRES)) {
      return postgres(url);
    }
    if (url.startsWith(H2)) {
      return h2(url);
    }
    throw new IllegalArgumentException(
        "the URL of a store must begin with " + H2 + " or " + POSTGRES);
  }

  private static DatabaseUrl postgres(String url) {
    int question = url.indexOf('?');
    String address = question < 0 ? url : url.substring(0, question);
    if (address.contains("@")) {
      throw new IllegalArgumentException(
          "the user and password of a store must be URL parameters:"
              + " jdbc:postgresql://HOST/DATABASE?user=…&password=…");
    }
    Login login = new Login();
    List<String> rest = new ArrayList<>();
    for (String part : question < 0 ? List.<String>of() : split(url.substring(question + 1), "&")) {
      if (!login.accept(part, true)) {
        rest.add(part);
      }
    }
    String left = rest.isEmpty() ? "" : "?" + String.join("&", rest);
    return new DatabaseUrl(address + left, login.user, login.password);
  }

  private static DatabaseUrl h2(String url) {
    List<String> parts = split(url, ";");
    String address = parts.getFirst();
    if (address.matches("jdbc:h2:(tcp|ssl):.*")
        || url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE")) {
      throw new IllegalArgumentException(
          "only one process can use an H2 store; use PostgreSQL to share a store");
    }
    Login login = new Login();
    login.user = "sa";
    List<String> rest = new ArrayList<>(List.of(address));
    for (String part : parts.subList(1, parts.size())) {
      if (!login.accept(part, false)) {
        rest.add(part);
      }
    }
    return new DatabaseUrl(String.join(";", rest), login.user, login.password);
  }

  private static List<String> split(String text, String at) {
    return List.of(text.split(Pattern.quote(at), -1));
  }

  static boolean isPostgres(String url) {
    return url.startsWith(POSTGRES);
  }

  @Override
  public String toString() {
    return url;
  }

  private static final class Login {
    private String user = "";
    private String password = "";

    /** Stores a URL parameter if it is the user or the password; otherwise returns false. */
    boolean accept(String part, boolean encoded) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      if (encoded) {
        value = URLDecoder.decode(value, StandardCharsets.UTF_8);
      }
      switch (name.toLowerCase(Locale.ROOT)) {
        case "user" -> user = value;
        case "password" -> password = value;
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
