/** Adds a page for trying requests, Swagger UI, to the API's OpenAPI document. */
module dev.callflow.api.openapi.page {
  requires dev.callflow.api;

  provides dev.callflow.api.page.PageProvider with
      dev.callflow.api.openapi.page.SwaggerPages;
}
