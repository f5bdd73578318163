import "server-only";

/**
 * Database clients. Only home of Prisma, pg and ioredis, and only `store*.ts` files may enter:
 * a client that any file could reach would be used without its owner's id in the query.
 */
export { Prisma } from "./generated/client";
export { closeNotify, notify, onNotify } from "./notify";
export { closePostgres, db, isAway, isUniqueViolation, pingPostgres, transact } from "./postgres";
export {
  closeRedis,
  evalScript,
  listen,
  pingRedis,
  RedisGone,
  redisGoneSince,
  type Script,
  script,
  withRedis,
} from "./redis";
export { type Rewritten, rewriteRedisFiles } from "./redis-files";
export { openRedis, type RedisLink, scanRedis } from "./redis-link";
export type { Tx } from "./schema";
export { openSession, type Session, tryAlone, withSession } from "./session";
export { shard, tallied, tally } from "./tally";
