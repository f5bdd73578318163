import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { canConnect } from "./database.mjs";
import { beganAt, commandOf, end } from "./identity.mjs";
import { makeServerFolder, privateFolder, writeWhole } from "./place.mjs";
import { rememberPort } from "./ports.mjs";
import { postgresPrograms } from "./postgres-programs.mjs";
import { finish, launch } from "./processes.mjs";
import { Sorry } from "./say.mjs";
import { serviceUser } from "./service-user.mjs";

const firstPort = 54_329;
const quiet = { LANG: "C", LC_ALL: "C", TZ: "UTC", PATH: process.env.PATH ?? "" };

/**
 * Starts PostgreSQL for a place, made on first use, and returns the URL of its maintenance database.
 * `throwAway` trades safety after a power cut for speed, in tests.
 */
export async function startPostgres(place, { throwAway = false } = {}) {
  const user = serviceUser();
  const as = user ? { uid: user.uid, gid: user.gid } : {};
  const programs = postgresPrograms();
  makeServerFolder(place);
  const folder = path.join(place.server, "postgres");
  const password = readPassword(place);
  await initialise({ folder, programs, password, as, user });
  requireSameMajor(folder, programs);
  await endLeftOver(folder);
  const port = await rememberPort(place, "postgres", firstPort);
  const url = `postgresql://recollect:${password}@127.0.0.1:${port}/postgres`;
  await serve({ place, folder, programs, port, as, url, throwAway });
  return url;
}

/**
 * The password only keeps other users of this machine out, so it lies with the data and not with the secrets: losing
 * those must not keep anyone from being told which key is missing.
 */
function readPassword(place) {
  const file = path.join(place.server, "postgres-password");
  if (!fs.existsSync(file)) {
    writeWhole(file, randomBytes(24).toString("hex"));
  }
  return fs.readFileSync(file, "utf8").trim();
}

/** Makes the cluster beside its final place and moves it there when it is whole. */
async function initialise({ folder, programs, password, as, user }) {
  if (fs.existsSync(path.join(folder, "PG_VERSION"))) {
    return;
  }
  const draft = `${folder}.draft`;
  fs.rmSync(draft, { recursive: true, force: true });
  privateFolder(draft, user);
  const passwordFile = `${folder}.password`;
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) {
    fs.chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    await finish(
      "initdb",
      path.join(programs, "bin", "initdb"),
      [
        "--pgdata",
        draft,
        "--username=recollect",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
      ],
      { ...as, cwd: path.dirname(folder), env: quiet },
    );
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(draft, folder);
}

function requireSameMajor(folder, programs) {
  const data = fs.readFileSync(path.join(folder, "PG_VERSION"), "utf8").trim();
  const share = fs
    .readFileSync(path.join(programs, "share", "postgresql", "postgres.bki"), "utf8")
    .slice(0, 40);
  const program = share.match(/PostgreSQL (\d+)/)?.[1];
  if (program && program !== data) {
    throw new Sorry(
      `The data in ${folder} was made by PostgreSQL ${data}, and this version of Recollect brings ${program}. Start the version you had, move the data with pg_dump, or begin afresh with npm run reset.`,
    );
  }
}

/** After a hard kill a server may still run on the data, or its pid file may name a process that is not one. */
async function endLeftOver(folder) {
  const file = path.join(folder, "postmaster.pid");
  if (!fs.existsSync(file)) {
    return;
  }
  const pid = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
  if (commandOf(pid).includes(folder)) {
    await end({ pid, began: beganAt(pid), signal: "SIGINT", graceMs: 20_000 });
  } else {
    fs.rmSync(file, { force: true });
  }
}

async function serve({ place, folder, programs, port, as, url, throwAway }) {
  const fast = throwAway ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : [];
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    // A failing statement's text has no business in a log file.
    "log_min_error_statement=panic",
    ...fast,
  ];
  const log = fs.openSync(path.join(place.server, "postgres.log"), "w", 0o600);
  const { ended } = launch(
    "postgres",
    path.join(programs, "bin", "postgres"),
    ["-D", folder, ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...as,
      cwd: folder,
      env: quiet,
      stdio: ["ignore", log, log],
      signal: "SIGINT",
      graceMs: 30_000,
    },
  );
  fs.closeSync(log);
  const started = await Promise.race([waitFor(url), ended]);
  if (started !== true) {
    const said = fs
      .readFileSync(path.join(place.server, "postgres.log"), "utf8")
      .trim()
      .split("\n")
      .slice(-8);
    throw new Sorry(`PostgreSQL did not start.\n${said.join("\n")}`);
  }
}

async function waitFor(url) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (await canConnect(url)) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
