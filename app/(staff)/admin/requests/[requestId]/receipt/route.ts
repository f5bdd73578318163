import { refuse } from "@/app/api/refuse";
import { requireStaff } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { findReceipt } from "@/lib/privacy";

type Context = { params: Promise<{ requestId: string }> };

/** The signed receipt of an erasure as a file, to be kept and checked elsewhere. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  try {
    await requireStaff("admin");
    const id = Id.safeParse((await params).requestId);
    const receipt = id.success ? await findReceipt(id.data) : null;
    if (!receipt) {
      throw new Refusal("not_found");
    }
    return new Response(`${JSON.stringify(receipt, null, 2)}\n`, {
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": `attachment; filename="receipt-${receipt.body.user}.json"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refuse(error, "admin.receipt");
  }
}
