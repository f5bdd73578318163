import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { findProgram } from "./package-manager.mjs";

const PATIENCE_MS = 15_000;
const DUMP = "dump.rdb";

/** A Redis of a test's own, which may be killed, frozen, filled, and given another past. */
export class OwnRedis {
  readonly port: number;
  private readonly folder = mkdtempSync(join(tmpdir(), "recollect-redis-"));
  private readonly settings: string[];
  private child: ChildProcess | null = null;

  private constructor(port: number, settings: string[]) {
    this.port = port;
    this.settings = settings;
  }

  static async start(settings: string[] = []): Promise<OwnRedis> {
    const own = new OwnRedis(await freePort(), settings);
    await own.start();
    return own;
  }

  get busPort(): string {
    return this.settings[this.settings.indexOf("--cluster-port") + 1] ?? "";
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  /** On what it had saved last. */
  async start(): Promise<void> {
    const program = findProgram("redis-server", "valkey-server");
    if (!program) {
      throw new Error("There is no redis-server on this machine");
    }
    const words = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.folder];
    const quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning"];
    this.child = spawn(program, [...words, ...quiet, ...this.settings], { stdio: "ignore" });
    await this.until(async () => (await this.ask("PING")) === "PONG");
  }

  /** At once, as a machine that loses its power. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child?.exitCode === null) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    }
  }

  freeze(): void {
    this.child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.child?.kill("SIGCONT");
  }

  /** Writes down what it holds now, as the past that `restartFrom` brings back. */
  async keep(name: string): Promise<void> {
    await this.ask("SAVE");
    cpSync(join(this.folder, DUMP), join(this.folder, name));
  }

  /** Dies and comes back with what was kept, or with nothing. */
  async restartFrom(name: string | null): Promise<void> {
    await this.kill();
    rmSync(join(this.folder, DUMP), { force: true });
    if (name !== null) {
      cpSync(join(this.folder, name), join(this.folder, DUMP));
    }
    await this.start();
  }

  async ask(...words: string[]): Promise<unknown> {
    const client = new Redis(this.port, "127.0.0.1", { lazyConnect: true, retryStrategy: null });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const [command = "", ...args] = words;
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  }

  async until(is: () => Promise<boolean>): Promise<void> {
    const before = performance.now() + PATIENCE_MS;
    while (!(await is().catch(() => false))) {
      if (performance.now() > before) {
        throw new Error(`The Redis at port ${this.port} did not come to it in time`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const SLOTS = 16_384;

/** A Redis Cluster of as many masters, without replicas; a node that dies takes its slots along and no others. */
export async function startCluster(nodes: number): Promise<OwnRedis[]> {
  const started: OwnRedis[] = [];
  for (let n = 0; n < nodes; n += 1) {
    started.push(
      await OwnRedis.start([
        ...["--cluster-enabled", "yes", "--cluster-port", String(await freePort())],
        ...["--cluster-node-timeout", "3000", "--cluster-require-full-coverage", "no"],
      ]),
    );
  }
  const [first] = started;
  for (const [n, node] of started.entries()) {
    const from = Math.floor((SLOTS * n) / nodes);
    const to = Math.floor((SLOTS * (n + 1)) / nodes) - 1;
    await node.ask("CLUSTER", "ADDSLOTSRANGE", String(from), String(to));
    await node.ask("CLUSTER", "SET-CONFIG-EPOCH", String(n + 1));
    if (first && node !== first) {
      await node.ask("CLUSTER", "MEET", "127.0.0.1", String(first.port), first.busPort);
    }
  }
  const isWhole = async (node: OwnRedis) => {
    const told = String(await node.ask("CLUSTER", "INFO"));
    return told.includes("cluster_state:ok") && told.includes(`cluster_slots_ok:${SLOTS}`);
  };
  for (const node of started) {
    await node.until(() => isWhole(node));
  }
  return started;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
