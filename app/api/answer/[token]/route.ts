import { refuse } from "@/app/api/refuse";
import { limitRate } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { openAnswer } from "@/lib/privacy";

type Context = { params: Promise<{ token: string }> };

/** A form with a code. Nobody has shown who they are, so nothing longer is read. */
const FORM_BYTES_MAX = 4_096;
const TRIES = { max: 20, windowSeconds: 600 };

/** The copy of somebody without an account, for a link and its code; decrypted while it flows. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  try {
    await limitRate("answer", null, TRIES);
    const code = (await readForm(request)).get("code");
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

async function readForm(request: Request): Promise<FormData> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.length;
    if (bytes > FORM_BYTES_MAX) {
      throw new Refusal("input_invalid");
    }
    pieces.push(piece);
  }
  const type = request.headers.get("content-type") ?? "";
  return await new Response(Buffer.concat(pieces), {
    headers: { "Content-Type": type },
  }).formData();
}
