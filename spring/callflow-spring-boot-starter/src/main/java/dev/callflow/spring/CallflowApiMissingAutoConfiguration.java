package dev.callflow.spring;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * Ends the start if the API is enabled and cannot be mounted, because the class path has no API or
 * no server for it. Otherwise the application would run without the API.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "callflow.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("callflow.api.enabled")
final class CallflowApiMissingAutoConfiguration {

  private record Needed(String type, String artefact) {}

  private static final List<Needed> NEEDED =
      List.of(
          new Needed("dev.callflow.api.Api", "dev.callflow:callflow-api"),
          new Needed(
              "jakarta.servlet.Servlet", "org.springframework.boot:spring-boot-starter-webmvc"),
          new Needed(
              "org.springframework.boot.web.servlet.ServletRegistrationBean",
              "org.springframework.boot:spring-boot-starter-webmvc"),
          new Needed(
              "jakarta.websocket.server.ServerContainer",
              "WebSockets of the servlet container, such as"
                  + " org.apache.tomcat.embed:tomcat-embed-websocket"));

  CallflowApiMissingAutoConfiguration(ResourceLoader application) {
    ClassLoader classes = Objects.requireNonNull(application.getClassLoader());
    for (Needed needed : NEEDED) {
      if (!ClassUtils.isPresent(needed.type(), classes)) {
        throw new InvalidPropertyException(
            "callflow.api.enabled",
            "the API cannot be mounted, because the class path lacks "
                + needed.type()
                + ": add "
                + needed.artefact());
      }
    }
  }
}
