/** Adds the console, a page on which an operator sees and controls conferences. */
module dev.callflow.api.console {
  requires dev.callflow.api;

  provides dev.callflow.api.page.PageProvider with
      dev.callflow.api.console.ConsolePages;
}
