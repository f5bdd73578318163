import { node24, tsx } from "@/scripts/setup/node24.mjs";
import { root } from "@/scripts/setup/place.mjs";
import { launch } from "@/scripts/setup/processes.mjs";

export type Server = { address: string; pid: number };
type Environment = Record<string, string>;

/** Starts a server of this folder in a process of its own, and resolves once it says where it listens. */
export async function startServer(name: string, environment: Environment): Promise<Server> {
  const { entry, ended, tail } = launch(name, node24(), tsx(`bench/${name}-process.ts`), {
    cwd: root,
    env: environment,
    graceMs: 2000,
  });
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (const until = Date.now() + 30_000; Date.now() < until && !gone; ) {
    const [, port] = /listening: (\d+)/.exec(tail()) ?? [];
    if (port) {
      return { address: `http://127.0.0.1:${port}`, pid: entry.pid ?? 0 };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The bench's ${name} process did not start.\n${tail()}`);
}

/** The scripted model: what it says from now on, and how long it took itself to each first word. */
export function modelAt({ address }: Server) {
  return {
    url: `${address}/v1`,
    say: async (step: { text: string; delayMs: number; tokenDelayMs: number }) => {
      await fetch(`${address}/step`, { method: "POST", body: JSON.stringify(step) });
    },
    /** By reference; asked for once, they are forgotten. */
    timings: async (): Promise<Record<string, number>> =>
      (await (await fetch(`${address}/timings`)).json()) as Record<string, number>,
  };
}
