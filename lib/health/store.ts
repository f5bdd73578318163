import { pingPostgres, pingRedis } from "@/lib/storage";

export const probes = { postgres: pingPostgres, redis: pingRedis } as const;
