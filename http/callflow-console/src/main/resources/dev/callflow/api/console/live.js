// The connection by which events arrive. It continues by itself after it is lost, and says meanwhile that what the
// page shows may be out of date.

const ALL = "conference.event.*.*";
const PING_MS = 10_000;
const SILENCE_MS = 25_000;
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];

/** As many conferences continue after their own last event; the others are read again. */
const MAX_RESUMED = 200;

export class Live {
  #api;
  #socket = null;
  #attempt = 0;
  #timer = 0;
  #pinger = 0;
  #heard = 0;
  #closed = false;

  /** The conferences that are bound by themselves, and whose events of the common binding are ignored. */
  #resumed = new Set();

  state = "connecting";
  lostAt = null;

  /**
   * @param handlers event(event), missed(conference or null), state(), opened(resumed), refused(reason), and
   *   versions(), which returns [conference, version] pairs to continue from
   */
  constructor(api, handlers) {
    this.#api = api;
    this.handlers = handlers;
  }

  start() {
    addEventListener("online", this.#now);
    this.#connect();
  }

  close() {
    this.#closed = true;
    removeEventListener("online", this.#now);
    clearTimeout(this.#timer);
    clearInterval(this.#pinger);
    this.#socket?.close();
  }

  #now = () => {
    if (this.state !== "live" && !this.#closed) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  };

  #connect() {
    this.#socket?.close();
    const url = new URL("websocket", this.#api.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#resumed = new Set();
    this.#heard = Date.now();
    socket.onopen = () =>
      this.#send(socket, this.#api.sign({ action: "subscribe", request_id: "all", data: this.#data(ALL) }));
    socket.onmessage = (message) => this.#receive(socket, JSON.parse(message.data));
    socket.onclose = (closed) => this.#lost(socket, closed);
  }

  #data(binding) {
    return { account_id: this.#api.account, binding };
  }

  #send(socket, frame) {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify(frame));
    }
  }

  #receive(socket, frame) {
    if (socket !== this.#socket) {
      return;
    }
    this.#heard = Date.now();
    switch (frame.action) {
      case "event":
        this.#event(frame);
        break;
      case "missed":
        this.handlers.missed(conferenceOf(frame.subscribed_key));
        break;
      case "reply":
        this.#reply(socket, frame);
        break;
    }
  }

  #event(frame) {
    const event = frame.data;
    const common = frame.subscribed_key === ALL;
    if (common && this.#resumed.has(event.conference_id)) {
      return;
    }
    this.handlers.event(event);
  }

  #reply(socket, frame) {
    if (frame.request_id === "all") {
      if (frame.status === "success") {
        this.#opened(socket);
      } else {
        this.#closed = true;
        socket.close();
        this.handlers.refused(String(frame.data?.errors?.[0] ?? "the host refuses the connection"));
      }
    } else if (frame.status !== "success" && frame.request_id !== "ping") {
      this.#resumed.delete(frame.request_id);
      this.handlers.missed(frame.request_id);
    }
  }

  #opened(socket) {
    this.#attempt = 0;
    if (this.lostAt !== null) {
      for (const [conference, version] of this.handlers.versions().slice(0, MAX_RESUMED)) {
        this.#resumed.add(conference);
        const data = { ...this.#data(bindingOf(conference)), from: version };
        this.#send(socket, { action: "subscribe", request_id: conference, data });
      }
    }
    clearInterval(this.#pinger);
    this.#pinger = setInterval(() => this.#ping(socket), PING_MS);
    this.state = "live";
    this.lostAt = null;
    this.handlers.state();
    this.handlers.opened(this.#resumed);
  }

  #ping(socket) {
    if (Date.now() - this.#heard > SILENCE_MS) {
      // A connection that was cut without a word would otherwise stay open for minutes.
      socket.close();
      this.#lost(socket, { code: 1006 });
    } else {
      this.#send(socket, { action: "ping", request_id: "ping" });
    }
  }

  #lost(socket, closed) {
    if (socket !== this.#socket || this.#closed) {
      return;
    }
    this.#socket = null;
    clearInterval(this.#pinger);
    if (closed.code === 1008) {
      this.#closed = true;
      this.handlers.refused("the token is no longer valid");
      return;
    }
    this.state = "lost";
    this.lostAt ??= Date.now();
    this.handlers.state();
    const pause = PAUSES_MS[Math.min(this.#attempt, PAUSES_MS.length - 1)];
    this.#attempt++;
    // All pages of an office would otherwise come back in the same moment.
    this.#timer = setTimeout(() => this.#connect(), pause * (0.75 + Math.random() / 2));
  }
}

function bindingOf(conference) {
  return `conference.event.${encodeURIComponent(conference).replaceAll(".", "%2E")}.*`;
}

function conferenceOf(binding) {
  const part = String(binding ?? "").split(".")[2];
  return part && part !== "*" ? decodeURIComponent(part) : null;
}
