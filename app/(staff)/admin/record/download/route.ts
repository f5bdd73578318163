import { refuse } from "@/app/api/refuse";
import { requireStaff } from "@/lib/auth";
import { controllerHere } from "@/lib/controller";
import { dataMap } from "@/lib/data-map";
import { recordAsCsv, recordOfProcessing } from "@/lib/privacy";

/** The record of processing as a file: JSON, or CSV for a spreadsheet. */
export async function GET(request: Request): Promise<Response> {
  try {
    await requireStaff("admin");
    const record = recordOfProcessing(dataMap, await controllerHere());
    const asCsv = new URL(request.url).searchParams.get("as") === "csv";
    const name = `record-of-processing-${record.madeAt.slice(0, 10)}`;
    return asCsv
      ? file(recordAsCsv(record), "text/csv", `${name}.csv`)
      : file(`${JSON.stringify(record, null, 2)}\n`, "application/json", `${name}.json`);
  } catch (error) {
    return refuse(error, "admin.record");
  }
}

function file(body: string, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}
