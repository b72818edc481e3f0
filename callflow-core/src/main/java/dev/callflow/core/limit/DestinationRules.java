package dev.callflow.core.limit;

import dev.callflow.core.document.CallNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which destinations may be called. Immutable.
 *
 * <p>The longest prefix that matches a number decides; between equal prefixes, the forbidden ones
 * decide before the allowed ones, and those before the premium ones. A number that no prefix
 * matches may be called unless it begins with {@code +}, {@code 00} or {@code 011}, and is
 * therefore international. Prefixes are digits, with {@code +} or {@code 00} before a country code.
 *
 * @param allowed the prefixes of numbers that may be called
 * @param forbidden the prefixes of numbers that may not be called
 * @param premium the prefixes of premium-rate numbers, which may not be called
 * @param sipHosts the hosts whose SIP addresses may be called; empty for any host
 * @param ownNumbers whether an account may call the numbers of its own callflows although a prefix
 *     forbids them
 */
public record DestinationRules(
    List<String> allowed,
    List<String> forbidden,
    List<String> premium,
    Optional<List<String>> sipHosts,
    boolean ownNumbers) {

  /** National premium prefixes match no shorter numbers, which are extensions. */
  private static final int MIN_PREMIUM_DIGITS = 7;

  /** In a SIP address, this many digits are read as a country code and a number. */
  private static final int MIN_E164_DIGITS = 11;

  /**
   * The premium-rate prefixes of many countries, satellite networks and international premium
   * numbers.
   */
  private static final List<String> PREMIUM =
      List.of(
          // International: satellites, networks, premium rate
          "+870",
          "+878",
          "+881",
          "+882",
          "+883",
          "+979",
          // Germany, Austria, Switzerland
          "+49900",
          "+49137",
          "+49190",
          "+43900",
          "+43901",
          "+43930",
          "+43931",
          "+41900",
          "+41901",
          "+41906",
          "0900",
          "0901",
          "0906",
          "0137",
          "0190",
          "0930",
          // North America
          "+1900",
          "+1976",
          "1900",
          // United Kingdom, Ireland
          "+449",
          "+44871",
          "+44872",
          "+44873",
          "+35315",
          // France, Belgium, the Netherlands
          "+3389",
          "+3290",
          "+31900",
          "+31906",
          "+31909",
          "0899",
          "0909",
          // Italy, Spain, Portugal
          "+39892",
          "+39895",
          "+39899",
          "+34803",
          "+34806",
          "+34807",
          "+34905",
          "+351760",
          // Poland, Sweden, Norway, Denmark, Finland
          "+4870",
          "+46900",
          "+46939",
          "+46944",
          "+4782",
          "+4590",
          "+358600",
          "+358700",
          // Australia
          "+61190");

  /** Normalises the prefixes. Those without digits are left out, except for a plain {@code +}. */
  public DestinationRules {
    allowed = normalised(allowed);
    forbidden = normalised(forbidden);
    premium = normalised(premium);
    sipHosts =
        sipHosts.map(hosts -> hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
  }

  /**
   * Returns the rules that apply if none are configured: no international and no premium-rate
   * numbers, except those of the account's own callflows.
   *
   * @return the rules
   */
  public static DestinationRules standard() {
    return new DestinationRules(List.of(), List.of(), PREMIUM, Optional.empty(), true);
  }

  private static List<String> normalised(List<String> prefixes) {
    return prefixes.stream()
        .map(prefix -> prefix.replaceAll("[^0-9+*#]", ""))
        .map(prefix -> prefix.replaceFirst("^(\\+|00)+", "+"))
        .filter(prefix -> !prefix.isEmpty())
        .distinct()
        .toList();
  }

  /**
   * Decides about a number.
   *
   * @param number the number as dialled
   * @return why it may not be called; empty if it may be
   */
  public Optional<DestinationRefusal> number(String number) {
    String dialled = CallNumber.normalise(number);
    if (dialled.matches("[*#][0-9*#]*")) {
      // A prefix with a star code decides about the code and everything after it.
      Optional<Prefix> code = longest(dialled, false);
      if (code.isPresent()) {
        return refusal(code.get());
      }
    }
    return DialledNumber.in(number).stream()
        .flatMap(each -> decide(each, false).stream())
        .findFirst();
  }

  /**
   * Decides about a SIP address. Its user must not be a number that may not be called, because the
   * host can be a gateway; 11 or more digits are read as a number with a country code.
   *
   * @param user the user
   * @param host the host
   * @return why it may not be called; empty if it may be
   */
  public Optional<DestinationRefusal> address(String user, String host) {
    if (sipHosts.isPresent() && !sipHosts.get().contains(host.toLowerCase(Locale.ROOT))) {
      return Optional.of(
          new DestinationRefusal(
              "allowed_sip_hosts", "calls to this SIP host are not allowed (allowed_sip_hosts)"));
    }
    return DialledNumber.in(user).stream().flatMap(each -> decide(each, true).stream()).findFirst();
  }

  private Optional<DestinationRefusal> decide(DialledNumber number, boolean address) {
    String digits = number.digits();
    Optional<Prefix> national =
        digits.startsWith("+") || digits.startsWith("00")
            ? Optional.empty()
            : longest(digits, digits.length() >= MIN_PREMIUM_DIGITS);
    if (national.isPresent()) {
      return refusal(national.get());
    }
    List<String> meanings = new ArrayList<>(number.international());
    if (address && digits.matches("[1-9][0-9]*") && digits.length() >= MIN_E164_DIGITS) {
      meanings.add("+" + digits);
    }
    return meanings.stream().flatMap(meaning -> international(meaning).stream()).findFirst();
  }

  private Optional<DestinationRefusal> international(String number) {
    return longest(number, true)
        .map(DestinationRules::refusal)
        .orElseGet(() ->
            Optional.of(
                new DestinationRefusal(
                    "allowed_prefixes",
                    "international destinations are not allowed unless allowed_prefixes has their"
                        + " prefix")));
  }

  private enum Kind {
    PREMIUM,
    ALLOWED,
    FORBIDDEN
  }

  private record Prefix(String text, Kind kind) {}

  private static Optional<DestinationRefusal> refusal(Prefix prefix) {
    return switch (prefix.kind()) {
      case ALLOWED -> Optional.empty();
      case FORBIDDEN -> Optional.of(refusal("forbidden_prefixes", prefix));
      case PREMIUM -> Optional.of(refusal("premium_prefixes", prefix));
    };
  }

  private static DestinationRefusal refusal(String rule, Prefix prefix) {
    return new DestinationRefusal(
        rule, "destinations that begin with %s are not allowed (%s)".formatted(prefix.text, rule));
  }

  private Optional<Prefix> longest(String number, boolean withPremium) {
    Optional<Prefix> found = Optional.empty();
    if (withPremium) {
      found = longer(found, number, premium, Kind.PREMIUM);
    }
    found = longer(found, number, allowed, Kind.ALLOWED);
    return longer(found, number, forbidden, Kind.FORBIDDEN);
  }

  private static Optional<Prefix> longer(
      Optional<Prefix> found, String number, List<String> prefixes, Kind kind) {
    Optional<Prefix> longest = found;
    for (String prefix : prefixes) {
      if (number.startsWith(prefix)
          && longest.map(it -> it.text.length() <= prefix.length()).orElse(true)) {
        longest = Optional.of(new Prefix(prefix, kind));
      }
    }
    return longest;
  }
}
