import net from "node:net";
import path from "node:path";
import { readJson, writeWhole } from "./place.mjs";
import { Sorry } from "./say.mjs";

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    // A machine without IPv6 cannot have the port taken there.
    server.once("error", (error) =>
      resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Whether nobody listens on a port, neither on 127.0.0.1 nor on ::1 (a browser may ask either for localhost). */
export const isFree = async (port) =>
  (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));

/** Refuses when the port of the web process is taken, naming it and the way out. */
export async function requirePort(port, command) {
  if (!(await isFree(port))) {
    const other = port === 3001 ? 3002 : 3001;
    throw new Sorry(
      `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${other} npm ${command}`,
    );
  }
}

/** The first free port from `first` on. */
export async function findFreePort(first) {
  for (let port = first; port < first + 200; port += 1) {
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Sorry(
    `No free port between ${first} and ${first + 199}: stop some of the programs that listen there.`,
  );
}

/** A service's port, the same as last time when it is still free. */
export async function rememberPort(place, service, first) {
  const file = path.join(place.data, "ports.json");
  const ports = readJson(file) ?? {};
  const port =
    ports[service] && (await isFree(ports[service])) ? ports[service] : await findFreePort(first);
  writeWhole(file, JSON.stringify({ ...ports, [service]: port }));
  return port;
}
