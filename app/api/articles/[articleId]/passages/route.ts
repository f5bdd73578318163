import { z } from "zod";
import { refuse } from "@/app/api/refuse";
import { findReader } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { findCited } from "@/lib/knowledge";

type Context = { params: Promise<{ articleId: string }> };

const Asked = z.object({
  version: z.coerce.number().int().positive(),
  at: z
    .string()
    .transform((places) => places.split(",").map(Number))
    .pipe(z.array(z.number().int().nonnegative()).min(1).max(9)),
});

/** The passages that an answer names, for whoever may read the article. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const articleId = Id.safeParse((await params).articleId).data;
    const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data;
    const found =
      articleId && asked
        ? await findCited(
            { articleId, version: asked.version, ordinals: asked.at },
            await findReader(),
          )
        : null;
    if (!found) {
      throw new Refusal("not_found");
    }
    return Response.json(found, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return refuse(error, "api.articles.passages");
  }
}
