import { type ChildProcess, spawn } from "node:child_process";

/** A process of this product beside the one that tests, over the same databases. */
export type Neighbour = {
  child: ChildProcess;
  /** What it has printed so far. */
  said: () => string;
  /** Resolves with its exit code, once it is gone. */
  gone: Promise<number | null>;
};

/** Runs a few lines as a process of its own, and waits until they have printed "ready". */
export async function launch(
  code: string,
  settings: Record<string, string> = {},
): Promise<Neighbour> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import=tsx", "--input-type=module", "--eval", code],
    {
      // biome-ignore lint/style/noProcessEnv: the neighbour is given this worker's databases.
      env: { ...process.env, LOG_LEVEL: "info", DATABASE_POOL_MAX: "4", ...settings },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const heard: string[] = [];
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const said = () => heard.join("");
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      heard.push(chunk.toString());
      if (said().includes("ready")) {
        resolve();
      }
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", () => reject(new Error(`It ended before it was ready:\n${said()}`)));
  });
  return { child, said, gone };
}
