// The callflows of the account, and one drawn as a tree with the callers at its nodes.

import { attribute, el, icon, shown, text } from "./dom.js";
import { tree } from "./tree.js";
import { fromApi, length } from "./time.js";

const REREAD_MS = 1_500;

export class CallflowsView {
  #timer = 0;
  #closed = false;
  #nodes = new Map();

  constructor(session, id) {
    this.session = session;
    this.id = id;
    this.list = el("ul", { class: "links" });
    this.problem = el("p", { class: "empty", role: "status" }, "Reading …");
    this.title = el("h1", {}, "Callflows");
    this.about = el("p", { class: "about" });
    this.drawn = el("div", { class: "tree-box" });
    this.element = el("article", { class: "page callflows" }, this.#back(), this.title, this.about, this.problem, this.list, this.drawn);
    this.#read();
  }

  #route(id) {
    return ["", this.session.api.account, "callflows", ...(id ? [id] : [])].map(encodeURIComponent).join("/");
  }

  #back() {
    return this.id ? el("a", { class: "back always", route: this.#route(null) }, icon("back"), "Callflows") : null;
  }

  async #read() {
    try {
      await (this.id ? this.#one() : this.#all());
    } catch (refused) {
      text(this.problem, `It cannot be read: ${refused.message}.`);
    }
  }

  async #all() {
    const { data } = await this.session.api.get(["callflows"], { paginate: "false" });
    text(this.problem, data.length === 0 ? "The account has no callflows." : "");
    shown(this.problem, data.length === 0);
    this.list.replaceChildren(
      ...data.map((row) =>
        el(
          "li",
          {},
          el(
            "a",
            { route: this.#route(row.id) },
            icon("tree"),
            el("span", { class: "names" },
              el("span", { class: "name" }, row.name || (row.numbers ?? []).join(", ") || row.id),
              el("span", { class: "sub" }, [...(row.numbers ?? []), ...(row.patterns ?? [])].join(", ") || "no numbers")),
          ),
        )),
    );
  }

  async #one() {
    const { data } = await this.session.api.get(["callflows", this.id]);
    text(this.title, data.name || this.id);
    text(this.about, `Numbers: ${[...(data.numbers ?? []), ...(data.patterns ?? [])].join(", ") || "none"}`);
    const root = tree(data, (conference) => this.session.rooms.get(conference)?.name ?? null);
    if (!root) {
      text(this.problem, "This callflow has no nodes.");
      return;
    }
    shown(this.problem, false);
    this.drawn.replaceChildren(el("ul", { class: "tree", role: "tree", "aria-label": "Nodes of the callflow" }, this.#node(root, 1)));
    this.drawn.querySelector("[role=treeitem]").tabIndex = 0;
    this.drawn.addEventListener("keydown", (event) => this.#keys(event));
    await this.#calls();
  }

  #node(node, level) {
    const callers = el("span", { class: "callers" });
    const label = el(
      "span",
      { class: "node" },
      node.key === null ? null : el("span", { class: "branch" }, node.key === "_" ? "otherwise" : node.key),
      el("span", { class: "module" }, node.module),
      node.detail ? el("span", { class: "sub" }, node.detail) : null,
      callers,
    );
    this.#nodes.set(node.pointer, { label, callers });
    return el(
      "li",
      { role: "treeitem", tabindex: "-1", "aria-level": String(level), "aria-expanded": node.children.length > 0 ? "true" : null },
      label,
      node.children.length > 0 ? el("ul", { role: "group" }, node.children.map((child) => this.#node(child, level + 1))) : null,
    );
  }

  #keys(event) {
    const all = [...this.drawn.querySelectorAll("[role=treeitem]")];
    const at = all.indexOf(document.activeElement);
    const to = {
      ArrowDown: all[at + 1],
      ArrowUp: all[at - 1],
      ArrowRight: all[at]?.querySelector("[role=treeitem]"),
      ArrowLeft: all[at]?.parentElement.closest("[role=treeitem]"),
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (to && at >= 0) {
      event.preventDefault();
      all[at].tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    }
  }

  /** Shows where the callers are; the API has no events of nodes, so this is read again and again. */
  async #calls() {
    const answer = await this.session.api.optional(["calls"]).catch(() => undefined);
    if (this.#closed) {
      return;
    }
    if (answer === null) {
      text(this.problem, "This host does not say at which nodes callers are.");
      shown(this.problem, true);
      return;
    }
    if (answer) {
      this.#place(answer.data.filter((call) => call.callflow_id === this.id));
    }
    this.#timer = setTimeout(() => this.#calls(), REREAD_MS);
  }

  #place(calls) {
    for (const [pointer, { label, callers }] of this.#nodes) {
      const here = calls.filter((call) => call.node === pointer);
      attribute(label, "data-busy", String(here.length > 0));
      callers.replaceChildren(
        ...here.slice(0, 20).map((call) => {
          const since = fromApi(call.node_time);
          return el("span", { class: "caller", title: call.caller_id_number || "" },
            call.caller_id_name || call.caller_id_number || "Unknown",
            since ? el("span", { class: "time" }, length(Date.now() - since)) : null);
        }),
        ...(here.length > 20 ? [el("span", { class: "caller" }, `and ${here.length - 20} more`)] : []),
      );
    }
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
