import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { keepHeard } from "@/e2e/support/heard";
import { createDatabase, withDatabase } from "@/scripts/setup/database.mjs";
import { schemaEngine } from "@/scripts/setup/migrate.mjs";

/** A product of its own, for journeys that need other settings or that break something. */
export type Product = {
  url: string;
  /** What it has printed so far. */
  said: () => string;
  /** Ends as an operator ends it; resolves when the process is gone. */
  stop: () => Promise<void>;
};

type Settings = Record<string, string>;

/** The settings of this run, which the product under test was started with as well. */
function settingsOf(changed: Settings): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "1", ...changed };
}

/** Starts the built product again on a free port (or a given one), with the run's settings changed as given. */
export async function startProduct(changed: Settings = {}, port?: number): Promise<Product> {
  const at = port ?? (await freePort());
  // The same name as the product under test has, so that a session of one is a session of the other.
  const { hostname } = new URL(process.env["BASE_URL"] ?? "http://127.0.0.1");
  const url = `http://${hostname}:${at}`;
  const { child, said } = launch(settingsOf({ ...changed, PORT: String(at) }));
  await live(`http://127.0.0.1:${at}/api/live`, child, said);
  return { url, said, stop: () => stop(child) };
}

/** Starts the product as `startProduct` does where it cannot start, and returns what it says. */
export async function failToStart(changed: Settings): Promise<{ code: number; said: string }> {
  const { child, said } = launch(settingsOf({ ...changed, PORT: String(await freePort()) }));
  const code = await new Promise<number>((resolve) => {
    child.once("exit", (exit) => resolve(exit ?? 0));
  });
  return { code, said: said() };
}

function launch(env: NodeJS.ProcessEnv): { child: ChildProcess; said: () => string } {
  const program = "node_modules/next/dist/bin/next";
  const child = spawn(
    process.execPath,
    [program, "start", "-p", env["PORT"] ?? "", "-H", "127.0.0.1"],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const said: string[] = [];
  const hear = (chunk: Buffer) => {
    said.push(chunk.toString());
    keepHeard(`product-${env["PORT"]}.log`, chunk.toString());
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  return { child, said: () => said.join("") };
}

async function live(address: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && child.exitCode === null) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The product did not start:\n${said().slice(-2_000)}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 8_000);
  await gone;
  clearTimeout(force);
}

/** Settings under which a product has a database and files of its own. */
export type Database = { settings: Settings; remove: () => Promise<void> };

/** An empty database beside the run's own, so that no other process answers what is written there. */
export async function makeDatabase(): Promise<Database> {
  const server = process.env["DATABASE_URL"] ?? "";
  const name = `e2e_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const url = await createDatabase(server, name);
  await schemaEngine(url, "deploy");
  // The signed checkpoints of the audit log lie there: those of two databases contradict each other.
  const files = await mkdtemp(path.join(tmpdir(), "recollect-"));
  return {
    settings: {
      DATABASE_URL: url,
      DATA_DIR: files,
      KEYS_DIR: path.join(files, "keys"),
      SEED: "none",
    },
    remove: async () => {
      await withDatabase(server, (client: { query: (sql: string) => Promise<unknown> }) =>
        client.query(`DROP DATABASE "${name}" WITH (FORCE)`),
      );
      await rm(files, { recursive: true, force: true });
    },
  };
}

/** Fills a database as `npm start` does; without the demo that prints the link for the first admin, which is returned. */
export async function seed(changed: Settings): Promise<string | null> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["node_modules/tsx/dist/cli.mjs", "--conditions=react-server", "scripts/seed.ts"],
    { env: settingsOf(changed) },
  );
  return /first-admin-link: (\S+)/.exec(stdout)?.[1] ?? null;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
