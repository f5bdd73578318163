import { refuse } from "@/app/api/refuse";
import { limitCaller, requireStaff } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { importPage } from "@/lib/knowledge";
import { IMPORT_BYTES_MAX, ImportHead } from "@/lib/knowledge/schema";

const RATE = { max: 1000, windowSeconds: 600 };

/**
 * One file of an import. No action, because those are held to 1 MB for everybody: here the caller is known before a
 * byte of the file is read. The kind of content is one that no form of another site can send.
 */
export async function PUT(request: Request): Promise<Response> {
  try {
    const admin = await limitCaller("importArticle", RATE, () => requireStaff("admin"));
    const head = readHead(request.headers);
    const bytes = await readBody(request);
    const { path, ...options } = head;
    return Response.json(await importPage(admin, { path, bytes }, options), {
      headers: { "Cache-Control": "no-store" },
    });
  } catch (error) {
    return refuse(error, "api.articles.import");
  }
}

function readHead(headers: Headers) {
  if (headers.get("content-type") !== "application/octet-stream") {
    throw new Refusal("input_invalid");
  }
  try {
    return ImportHead.parse(JSON.parse(decodeURIComponent(headers.get("x-article") ?? "")));
  } catch (error) {
    throw new Refusal("input_invalid", { cause: error });
  }
}

/** The file, or its beginning where it is too large: enough for the import to say so. */
async function readBody(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > IMPORT_BYTES_MAX) {
      break;
    }
  }
  return new Uint8Array(Buffer.concat(pieces));
}
