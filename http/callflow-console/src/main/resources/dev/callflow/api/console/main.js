// Starts the page: shows the login, and after it the views that the address names.

import { accountOf, Api, login, Refused } from "./api.js";
import { LoginView } from "./login-view.js";
import { Session } from "./session.js";
import { Shell } from "./shell.js";

const base = new URL("..", document.baseURI);
const app = document.getElementById("app");
let shell = null;
let session = null;

/** Returns account, view and id of the address #/account/view/id. */
function address() {
  return location.hash.replace(/^#\//, "").split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return "";
    }
  });
}

/**
 * Takes the token of ./callflow demo out of the address and removes it there. Only a page of this computer takes one:
 * a link could otherwise log somebody in with a foreign token.
 */
function given() {
  const match = /^#login=([^&]*)&account=(.*)$/.exec(location.hash);
  if (!match) {
    return null;
  }
  history.replaceState(null, "", `#/${match[2]}/rooms`);
  return ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname)
    ? { token: decodeURIComponent(match[1]), account: decodeURIComponent(match[2]) }
    : null;
}

function showLogin(reason = "") {
  const account = address()[0] ?? "";
  const view = new LoginView(enter, { account, reason });
  app.replaceChildren(view.element);
  document.title = "Log in – Callflow console";
  view.shown();
}

async function enter(credentials) {
  let { token, account } = credentials;
  if (credentials.user !== undefined) {
    ({ token, account } = await login(base, account, credentials.user, credentials.password));
  }
  account ||= token ? await accountOf(base, token) : "";
  if (!token || !account) {
    throw new Refused(0, "name the account, which the token does not tell");
  }
  const started = new Session(new Api(base, account, token, credentials.user !== undefined));
  await started.start();
  session = started;
  session.ended = (reason) => leave(reason);
  shell = new Shell(session, () => logout());
  app.replaceChildren(shell.element);
  route();
}

async function logout() {
  const ending = session;
  leave("");
  await ending?.close();
}

function leave(reason) {
  session?.live.close();
  shell?.close();
  session = null;
  shell = null;
  showLogin(reason ? `Logged out: ${reason}.` : "");
}

function route() {
  if (shell) {
    const [account, view, id] = address();
    if (account && account !== session.api.account) {
      history.replaceState(null, "", `#/${encodeURIComponent(session.api.account)}/rooms`);
      shell.go("rooms", null);
    } else {
      shell.go(view, id || null);
    }
  }
}

addEventListener("hashchange", route);

const demo = given();
if (demo) {
  enter(demo).catch((refused) => showLogin(`Not logged in: ${refused.message}.`));
} else {
  showLogin();
}
