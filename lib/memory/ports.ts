import { once } from "@/lib/once";
import { policy } from "./policy";
import type { Ports } from "./prepare";
import { PostgresMemory } from "./store-postgres";
import { ProcessMemory } from "./store-process";
import { RedisMemory } from "./store-redis";

/** The stores of this process. The LRU is shared by all instances of this module, or an erasure would miss some. */
export function ports(): Ports & { process: ProcessMemory } {
  return once("memory.ports", () => ({
    redis: new RedisMemory(),
    process: new ProcessMemory({
      conversationsMax: policy.lruConversationsMax,
      seconds: policy.lruSeconds,
    }),
    record: (since) => new PostgresMemory((_conversation, _customer, seq) => since(seq)),
  }));
}
