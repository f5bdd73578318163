import { refuse } from "@/app/api/refuse";
import { requireStaff } from "@/lib/auth";
import { controllerHere } from "@/lib/controller";
import { dataMap } from "@/lib/data-map";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { openRedactedExport } from "@/lib/privacy";

type Context = { params: Promise<{ requestId: string }> };

/** A copy in which everything that identifies the person is hidden; made while it flows, and kept nowhere. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  try {
    const admin = await requireStaff("admin");
    const id = Id.safeParse((await params).requestId);
    if (!id.success) {
      throw new Refusal("not_found");
    }
    const making = { dataMap, controller: await controllerHere(), now: new Date() };
    const { name, stream } = await openRedactedExport(id.data, admin, making);
    return new Response(stream, {
      headers: {
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refuse(error, "admin.redacted");
  }
}
