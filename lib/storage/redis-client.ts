import { Cluster, Command, Redis } from "ioredis";
import { env } from "@/lib/env";

/** One server, or a cluster of them. Both take the same commands. */
export type RedisClient = Redis | Cluster;

const CONNECT_MS = 1_000;
/** After this ioredis itself lets go of a command that we gave up long ago. */
export const FORGET_MS = 10_000;
/** How often a cluster's client asks elsewhere before it gives a command back. */
const REDIRECTIONS_MAX = 5;

const again = (times: number) => Math.min(100 * times, 2_000);

/** A connection as REDIS_URL, or another address, says: to one server, or to a cluster where it names several nodes or REDIS_CLUSTER is set. */
export function makeRedis(name: string, given = env.REDIS_URL): RedisClient {
  const urls = given.split(",").map((url) => url.trim());
  const [first = ""] = urls;
  const options = {
    connectionName: `recollect:${name}`,
    commandTimeout: FORGET_MS,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
  };
  const client =
    urls.length > 1 || env.REDIS_CLUSTER
      ? makeCluster(urls, options)
      : new Redis(first, { ...options, retryStrategy: again });
  // Every failed command is told to its caller; without a listener ioredis would print them again.
  client.on("error", () => undefined);
  return client;
}

/** Who may ask is the first node's user; the nodes behind it are found by asking. */
function makeCluster(urls: readonly string[], options: object): Cluster {
  const nodes = urls.map((url) => new URL(url));
  const { protocol, username, password } = nodes[0] ?? new URL("redis://localhost");
  const isTls = protocol === "rediss:";
  return new Cluster(
    nodes.map(({ hostname: host, port }) => ({ host, port: Number(port || 6379) })),
    {
      clusterRetryStrategy: again,
      maxRedirections: REDIRECTIONS_MAX,
      redisOptions: {
        ...options,
        ...(username && { username: decodeURIComponent(username) }),
        ...(password && { password: decodeURIComponent(password) }),
        ...(isTls && { tls: {} }),
      },
      // A certificate is made out to a name, and the nodes are told by address.
      ...(isTls && {
        dnsLookup: (name: string, found: (error: null, address: string) => void) =>
          found(null, name),
      }),
    },
  );
}

/** The node that a key lies on; "" where there is but one, or nobody knows yet. */
export function nodeOf(client: RedisClient, key: string | undefined): string {
  if (!(client instanceof Cluster) || key === undefined) {
    return "";
  }
  const slot = new Command("exists", [key]).getSlot();
  return (slot !== null && client.slots[slot]?.[0]) || "";
}

/** Every server that keys lie on, by its node's name; null for one that is not connected. */
export function serversOf(client: RedisClient): (Redis | null)[] {
  if (!(client instanceof Cluster)) {
    return [client];
  }
  const owners = new Set(client.slots.map(([owner]) => owner));
  const masters = new Map(
    client.nodes("master").map((node) => [`${node.options.host}:${node.options.port}`, node]),
  );
  return [...owners].map((owner) => (owner && masters.get(owner)) || null);
}
