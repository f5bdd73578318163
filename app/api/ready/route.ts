import { modelInUse } from "@/lib/agent";
import { checkHealth } from "@/lib/health";
import { processId } from "@/lib/process";

/** Whether this process can serve: 200, or 503 while PostgreSQL is gone. Without Redis it serves, slower. */
export async function GET(): Promise<Response> {
  const { postgres, redis } = await checkHealth();
  const body = { ok: postgres, postgres, redis, model: modelInUse().kind, process: processId() };
  return Response.json(body, {
    status: postgres ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
