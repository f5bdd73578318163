import { refuse } from "@/app/api/refuse";
import { limitRate } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { openAnswer } from "@/lib/privacy";

type Context = { params: Promise<{ token: string }> };

const TRIES = { max: 20, windowSeconds: 600 };

/** The copy of somebody without an account, for a link and its code; decrypted while it flows. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  try {
    await limitRate("answer", null, TRIES);
    const code = (await request.formData()).get("code");
    const { name, bytes, stream } = await openAnswer(token, typeof code === "string" ? code : "");
    return new Response(stream, {
      headers: {
        "Content-Type": "application/zip",
        "Content-Length": String(bytes),
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Refusal && ["code_wrong", "link_over"].includes(error.code)) {
      const back = `/answer/${encodeURIComponent(token)}?wrong=1`;
      return new Response(null, { status: 303, headers: { Location: back } });
    }
    return refuse(error, "api.answer");
  }
}
