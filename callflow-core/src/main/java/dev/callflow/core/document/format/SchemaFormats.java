package dev.callflow.core.document.format;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.everit.json.schema.FormatValidator;

/**
 * Formats of JSON Schema that are checked here, because the validator would need further libraries
 * for them, which do not work on the module path.
 */
public final class SchemaFormats {

  private record Format(String formatName, Predicate<String> good) implements FormatValidator {

    @Override
    public Optional<String> validate(String value) {
      return good.test(value)
          ? Optional.empty()
          : Optional.of("is not of the format " + formatName);
    }
  }

  private static final Pattern IPV4 = Pattern.compile("(?:" + octet() + "\\.){3}" + octet());

  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  /** What stands before the {@code @}, without quotes. */
  private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

  private static final int MAX_HOSTNAME = 253;

  private SchemaFormats() {}

  /**
   * Returns the formats. Values of {@code uri-template} are not checked.
   *
   * @return the validators, which replace those of the library
   */
  public static List<FormatValidator> own() {
    return List.of(
        new Format("email", SchemaFormats::isEmail),
        new Format("hostname", SchemaFormats::isHostname),
        new Format("ipv4", value -> IPV4.matcher(value).matches()),
        new Format("ipv6", SchemaFormats::isIpv6),
        new Format("uri-template", value -> true));
  }

  private static String octet() {
    return "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  }

  private static boolean isEmail(String value) {
    int at = value.lastIndexOf('@');
    return at > 0
        && MAILBOX.matcher(value.substring(0, at)).matches()
        && isHostname(value.substring(at + 1));
  }

  private static boolean isHostname(String value) {
    return value.length() <= MAX_HOSTNAME
        && List.of(value.split("\\.", -1)).stream()
            .allMatch(label -> LABEL.matcher(label).matches());
  }

  private static boolean isIpv6(String value) {
    if (!value.matches("[0-9A-Fa-f:.]{2,45}")) {
      return false;
    }
    try {
      return new URI("http://[" + value + "]/").parseServerAuthority().getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
