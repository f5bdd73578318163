import { refuse } from "@/app/api/refuse";
import { requireMetricsReader } from "@/lib/auth";
import { renderMetrics } from "@/lib/observability";

/** What this process has measured since it started, in Prometheus' text format. Counts and times: no id, no text. */
export async function GET(request: Request): Promise<Response> {
  try {
    await requireMetricsReader(request.headers.get("authorization"));
    return new Response(renderMetrics(), {
      headers: {
        "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refuse(error, "api.metrics");
  }
}
