import { node24 } from "./node24.mjs";
import { root } from "./place.mjs";
import { launch } from "./processes.mjs";
import { Sorry } from "./say.mjs";

const readyWithinMs = 60_000;

async function isLive(address) {
  try {
    const answer = await fetch(`${address}/api/live`, { signal: AbortSignal.timeout(2000) });
    return answer.status === 200;
  } catch {
    return false;
  }
}

/**
 * Starts Next (`start` or `dev`) and resolves once /api/live answers 200. What it says before is shown only when it
 * fails; afterwards its lines (warnings, requests for help) go to the terminal.
 */
export async function serveWeb({ place, environment, port, host, verb = "start", name = "web" }) {
  const web = launch(
    name,
    node24(),
    ["node_modules/next/dist/bin/next", verb, "-p", String(port), "-H", host],
    {
      cwd: root,
      env: {
        ...environment,
        PORT: String(port),
        NODE_ENV: verb === "dev" ? "development" : "production",
        NEXT_DIST_DIR: place.dist,
        NEXT_TELEMETRY_DISABLED: "1",
        // The product ends itself (lib/process.ts): leases are given back before it exits.
        NEXT_MANUAL_SIG_HANDLE: "1",
      },
      graceMs: 15_000,
    },
  );
  const address = `http://127.0.0.1:${port}`;
  const until = Date.now() + readyWithinMs;
  let gone = null;
  void web.ended.then((end) => {
    gone = end;
  });
  while (!(await isLive(address))) {
    if (gone || Date.now() > until) {
      throw /EADDRINUSE/.test(web.tail())
        ? new Sorry(
            `Port ${port} is taken by another program. Stop that one, or choose another with PORT.`,
          )
        : new Sorry(`The web process did not become ready.\n${web.tail()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return web;
}

/** Lets a ready web process speak to the terminal. */
export function showOutput({ child }) {
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
}
