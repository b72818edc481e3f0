package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.page.Page;
import dev.callflow.api.page.Pages;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the OpenAPI document, its page if {@code callflow-openapi-page} is present, and the
 * console if {@code callflow-console} is.
 */
final class PageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient MountPath mount;
  private transient @Nullable Pages pages;

  PageServlet(Api api, MountPath mount) {
    this.api = api;
    this.mount = mount;
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    pages = new Pages(mount.prefixIn(config.getServletContext()));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Pages served = Objects.requireNonNull(pages);
    Optional<String> path = mount.pathBelow(request);
    Optional<Page> page = path.flatMap(served::find);
    if (page.isPresent()) {
      response.setContentType(page.get().contentType());
      page.get().headers().forEach(response::setHeader);
      response.setContentLength(page.get().body().length);
      response.getOutputStream().write(page.get().body());
    } else if (path.flatMap(it -> served.find(it + "/")).isPresent()) {
      // The links of a page are relative to its folder.
      response.sendRedirect(request.getRequestURI() + "/");
    } else {
      FailureCode failure = FailureCode.BAD_IDENTIFIER;
      ApiRequests.write(
          api.refuse(ApiRequests.head(request, mount), failure, failure.message()), response);
    }
  }
}
