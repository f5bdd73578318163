import { buildId, checkHealth } from "@/lib/health";
import { processId, stopping } from "@/lib/process";
import { settingOf } from "@/lib/setting";

/**
 * Whether this process can serve, and how each part that it stands on is: 503 while PostgreSQL is gone or the process
 * ends. Without Redis, a model or mail it serves, with less.
 */
export async function GET(): Promise<Response> {
  const parts = await checkHealth();
  const draining = stopping().aborted;
  const ok = parts["postgres"] === "up" && !draining;
  const body = {
    ok,
    draining,
    process: processId(),
    build: buildId(),
    ...(ok && { answersOn: (await settingOf("answers")).on }),
    parts,
  };
  return Response.json(body, {
    status: ok ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
