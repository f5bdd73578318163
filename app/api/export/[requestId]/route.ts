import { refuse } from "@/app/api/refuse";
import { findCaller } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { openExport } from "@/lib/privacy";

type Context = { params: Promise<{ requestId: string }> };

/** A finished export, for its owner or an admin; decrypted while it flows, never as a whole. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  try {
    const caller = await findCaller();
    if (!caller) {
      throw new Refusal("session_missing");
    }
    const id = Id.safeParse((await params).requestId);
    if (!id.success) {
      throw new Refusal("not_found");
    }
    const { name, bytes, stream } = await openExport(id.data, caller);
    return new Response(stream, {
      headers: {
        "Content-Type": "application/zip",
        "Content-Length": String(bytes),
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refuse(error, "api.export");
  }
}
