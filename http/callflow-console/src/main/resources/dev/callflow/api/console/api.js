// Requests to the API. Ids are encoded, so that none of them can name another path.

/** A request that the API has refused, or that did not reach it. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const SENTENCES = {
  401: "the token is missing, unknown or has expired",
  403: "the token does not allow this",
  404: "it does not exist any more",
  429: "there were too many requests; try again in a moment",
};

export class Api {
  /** The token stays in this object, in the memory of the tab. */
  #token;

  /** Called if the API no longer accepts the token. */
  expired = () => {};

  /** @param ends whether the token is that of a login, which ends when the user logs out */
  constructor(base, account, token, ends) {
    this.base = base;
    this.ends = ends;
    this.account = account;
    this.#token = token;
  }

  /** Lets the event connection log in, without giving the token to anyone else. */
  sign(frame) {
    return { ...frame, auth_token: this.#token };
  }

  get(segments, query = {}) {
    return this.#send("GET", this.#path(segments, query));
  }

  put(segments, body) {
    return this.#send("PUT", this.#path(segments, {}), body);
  }

  /** Reads a list; an endpoint that this host does not have gives null. */
  async optional(segments, query = {}) {
    try {
      return await this.get(segments, query);
    } catch (refused) {
      if (refused.status === 404 || refused.status === 405 || refused.status === 501) {
        return null;
      }
      throw refused;
    }
  }

  /** Forgets the token, and revokes it if it is that of a login. Others may use a token that was pasted. */
  async logout() {
    const token = this.#token;
    this.#token = "";
    if (this.ends) {
      await send("DELETE", new URL("v2/token_auth", this.base), null, token);
    }
  }

  #path(segments, query) {
    const path = ["v2", "accounts", this.account, ...segments].map(encodeURIComponent).join("/");
    const url = new URL(path, this.base);
    Object.entries(query).forEach(([key, value]) => url.searchParams.set(key, value));
    return url;
  }

  async #send(verb, url, body) {
    const answer = await send(verb, url, body, this.#token);
    if (answer.refused) {
      if (answer.refused.status === 401) {
        this.expired();
      }
      throw answer.refused;
    }
    return answer.envelope;
  }
}

/** Returns the account of a token; empty if the token is for all accounts, or the host does not tell. */
export async function accountOf(base, token) {
  const { envelope } = await send("GET", new URL("v2/token_auth", base), null, token);
  return envelope?.data?.account_id ?? "";
}

/** Logs in with a user and a password; returns the token and the account's id. */
export async function login(base, account, user, password) {
  if (!globalThis.crypto?.subtle) {
    throw new Refused(0, "a password is only accepted over HTTPS or on this computer; use a token");
  }
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
  const credentials = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const named = account.includes(".") ? "account_realm" : "account_name";
  const data = { credentials, method: "sha", [named]: account };
  const answer = await send("PUT", new URL("v2/user_auth", base), { data }, "");
  if (answer.refused) {
    throw answer.refused;
  }
  return {
    token: answer.envelope.auth_token ?? answer.envelope.data?.auth_token,
    account: answer.envelope.data?.account_id ?? account,
  };
}

async function send(verb, url, body, token) {
  const headers = token ? { "X-Auth-Token": token } : {};
  let response;
  try {
    response = await fetch(url, {
      method: verb,
      headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
      body: body ? JSON.stringify(body) : undefined,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
  } catch {
    return { refused: new Refused(0, "the host cannot be reached") };
  }
  const envelope = await response.json().catch(() => ({}));
  return response.ok ? { envelope } : { refused: new Refused(response.status, reason(response.status, envelope)) };
}

/** Returns the reason of a refusal as a clause. */
function reason(status, envelope) {
  const { data } = envelope;
  if (typeof data?.message === "string") {
    return data.message;
  }
  const violation = Object.entries(data ?? {})
    .flatMap(([path, rules]) => Object.values(rules ?? {}).map((rule) => [path, rule]))
    .find(([, rule]) => typeof rule?.message === "string");
  return violation
    ? `${violation[0]}: ${violation[1].message}`
    : (SENTENCES[status] ?? `the host answered ${status} ${envelope.message ?? ""}`.trim());
}
