import http from "node:http";
import net from "node:net";

/** Headers that belong to one connection and not to the message. */
const ofConnection = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];
const repeatable = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A small reverse proxy for several web processes of one machine: round robin without sticky sessions, streams without
 * buffering, X-Forwarded-* as any proxy adds them. A process whose /api/ready is not 200 gets no requests until it is;
 * when none is ready all are tried, so that people see the product's own words.
 *
 * A request whose connection was refused goes to the next process; one that was sent already is repeated only when it
 * may be (GET, HEAD, OPTIONS). `backends` are ports.
 */
export async function startProxy({
  backends: ports,
  port = 0,
  host = "127.0.0.1",
  checkMs = 500,
  checkWithinMs = 2000,
  silentMs = 60_000,
}) {
  const backends = ports.map((each) => ({ port: each, ready: false }));
  let turn = 0;
  const inOrder = () => {
    turn += 1;
    const ready = backends.filter((each) => each.ready);
    const usable = ready.length > 0 ? ready : backends;
    return usable.map((_, index) => usable[(turn + index) % usable.length]);
  };
  const check = async () => {
    await Promise.all(backends.map((each) => look(each, checkWithinMs)));
  };
  await check();
  const timer = setInterval(() => void check(), checkMs);
  timer.unref();
  const server = http.createServer((request, response) => {
    forward({ request, response, left: inOrder(), silentMs });
  });
  // The processes behind decide how long a request may take.
  server.requestTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: server.address().port,
    backends: () => backends.map((each) => ({ ...each })),
    close: () => {
      clearInterval(timer);
      return new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** Asks a backend whether it is ready; a slow answer is none. Checks of one backend never pile up. */
async function look(backend, withinMs) {
  if (backend.asked) {
    return;
  }
  backend.asked = true;
  try {
    const answer = await fetch(`http://127.0.0.1:${backend.port}/api/ready`, {
      signal: AbortSignal.timeout(withinMs),
    });
    await answer.body?.cancel();
    backend.ready = answer.status === 200;
  } catch {
    backend.ready = false;
  } finally {
    delete backend.asked;
  }
}

/** Sends a request to the first backend of `left` that takes the connection. */
function forward(way) {
  const { response, left } = way;
  const [backend, ...others] = left;
  if (!backend) {
    refuse(response, 503, "No web process takes requests right now. Try again in a moment.");
    return;
  }
  const socket = net.connect({ port: backend.port, host: "127.0.0.1", noDelay: true });
  const leave = () => socket.destroy();
  response.once("close", leave);
  socket.once("error", () => {
    response.off("close", leave);
    backend.ready = false;
    // The connection was never made, so nothing was sent and the body is still whole.
    forward({ ...way, left: others });
  });
  socket.once("connect", () => {
    socket.removeAllListeners("error");
    response.off("close", leave);
    exchange({ ...way, left: others }, backend, socket);
  });
}

/** Passes one request over an open connection, and its answer back as it comes. */
function exchange(way, backend, socket) {
  const { request, response, left, silentMs } = way;
  const far = http.request({
    createConnection: () => socket,
    method: request.method,
    path: request.url,
    headers: headersFor(request),
  });
  const leave = () => far.destroy();
  response.once("close", leave);
  far.setTimeout(silentMs, () => far.destroy(new Error("silent")));
  far.once("response", (answer) => {
    response.writeHead(answer.statusCode, answer.statusMessage, keep(answer.headers));
    response.flushHeaders();
    answer.pipe(response);
    // Cut short, it must not look whole.
    answer.once("aborted", () => response.destroy());
    answer.once("error", () => response.destroy());
  });
  far.on("error", () => {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    backend.ready = false;
    response.off("close", leave);
    if (repeatable.has(request.method) && left.length > 0) {
      forward(way);
    } else {
      refuse(response, 502, "The web process went away. Try again.");
    }
  });
  request.pipe(far);
}

function headersFor(request) {
  const { headers, socket } = request;
  const came = headers["x-forwarded-for"];
  return {
    ...keep(headers),
    connection: "close",
    "x-forwarded-for": came ? `${came}, ${socket.remoteAddress}` : socket.remoteAddress,
    "x-forwarded-host": headers["x-forwarded-host"] ?? headers.host ?? "",
    "x-forwarded-proto": headers["x-forwarded-proto"] ?? "http",
  };
}

function keep(headers) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofConnection.includes(name)),
  );
}

function refuse(response, status, words) {
  if (response.destroyed) {
    return;
  }
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "retry-after": "1" });
  response.end(`${words}\n`);
}
