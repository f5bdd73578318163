import { refuse } from "@/app/api/refuse";
import { momentsOf, readAuditQuery } from "@/components/admin/audit-query";
import { requireStaff } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { exportAudit } from "@/lib/privacy";

type Context = { params: Promise<{ kind: string }> };

/** The audit log as a file, filtered as on its page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const admin = await requireStaff("admin");
    const { kind } = await params;
    if (kind !== "csv" && kind !== "json") {
      throw new Refusal("not_found");
    }
    const asked = readAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
    const { action, actor, anonymizedUser } = asked;
    const filter = { action, actor, anonymizedUser, ...momentsOf(asked) };
    const { name, type, stream } = await exportAudit(admin, filter, kind);
    return new Response(stream, {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refuse(error, "admin.audit");
  }
}
