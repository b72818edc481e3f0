// The form with which an operator logs in. Neither the token nor the password is stored anywhere.

import { el, icon, shown, text } from "./dom.js";

export class LoginView {
  /** @param enter called with {account, token} or {account, user, password}; throws a Refused */
  constructor(enter, { account = "", reason = "" } = {}) {
    this.account = input("account", "Account", { value: account, autocomplete: "organization" });
    this.token = input("token", "Token", { type: "password", autocomplete: "off" });
    this.user = input("user", "User", { autocomplete: "username" });
    this.password = input("password", "Password", { type: "password", autocomplete: "current-password" });
    this.byToken = true;
    this.problem = el("p", { class: "problem", role: "alert" }, reason);
    this.button = el("button", { type: "submit", class: "button primary wide" }, "Log in");
    this.choice = el("button", { type: "button", class: "link", onclick: () => this.#choose(!this.byToken) });
    this.element = el(
      "main",
      { class: "login" },
      el(
        "form",
        {
          class: "card",
          onsubmit: (event) => {
            event.preventDefault();
            this.#submit(enter);
          },
        },
        el("div", { class: "brand" }, el("span", { class: "mark" }, icon("mic")), el("h1", {}, "Callflow console")),
        this.account.row,
        this.token.row,
        this.user.row,
        this.password.row,
        this.problem,
        this.button,
        this.choice,
        el("p", { class: "hint" }, "The token stays in this tab, which forgets it when you log out or close it."),
      ),
    );
    this.#choose(true);
  }

  shown() {
    (this.account.input.value ? this.token : this.account).input.focus();
  }

  #choose(byToken) {
    this.byToken = byToken;
    for (const [field, visible] of [[this.token, byToken], [this.user, !byToken], [this.password, !byToken]]) {
      shown(field.row, visible);
      field.input.required = visible;
    }
    this.account.input.required = !byToken;
    text(this.account.label, byToken ? "Account id (may be empty if the token is for one account)" : "Account name or realm");
    text(this.choice, byToken ? "Use a user and a password" : "Use a token");
  }

  async #submit(enter) {
    text(this.problem, "");
    this.button.disabled = true;
    const account = this.account.input.value.trim();
    try {
      await enter(
        this.byToken
          ? { account, token: this.token.input.value.trim() }
          : { account, user: this.user.input.value.trim(), password: this.password.input.value },
      );
    } catch (refused) {
      text(this.problem, `Not logged in: ${refused.message}.`);
      this.button.disabled = false;
    }
  }
}

function input(name, label, properties) {
  const id = `login-${name}`;
  const field = el("input", { id, name, type: "text", spellcheck: "false", autocapitalize: "off", required: true, ...properties });
  const shownLabel = el("label", { for: id }, label);
  return { input: field, label: shownLabel, row: el("div", { class: "field" }, shownLabel, field) };
}
