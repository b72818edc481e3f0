package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.openapi.OpenApiPages;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves the OpenAPI document, and the page if {@code callflow-openapi-page} is present. */
final class OpenApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient MountPath mount;
  private transient @Nullable OpenApiPages pages;

  OpenApiServlet(Api api, MountPath mount) {
    this.api = api;
    this.mount = mount;
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    pages = new OpenApiPages(mount.prefixIn(config.getServletContext()));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<OpenApiPages.Page> page =
        mount.pathBelow(request).flatMap(Objects.requireNonNull(pages)::find);
    if (page.isEmpty()) {
      FailureCode failure = FailureCode.BAD_IDENTIFIER;
      ApiRequests.write(
          api.refuse(ApiRequests.head(request, mount), failure, failure.message()), response);
      return;
    }
    response.setContentType(page.get().contentType());
    response.setHeader("Content-Security-Policy", page.get().policy());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(page.get().body().length);
    response.getOutputStream().write(page.get().body());
  }
}
