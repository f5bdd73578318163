import { refuse } from "@/app/api/refuse";
import { requireStaff } from "@/lib/auth";
import { Refusal } from "@/lib/errors";
import { Id } from "@/lib/id";
import { findLetter } from "@/lib/privacy";
import { shopName } from "@/lib/shop/schema";

type Context = { params: Promise<{ requestId: string }> };

/** The letter that answers a request, to be printed: it has room for a name and an address, and knows neither. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  try {
    const admin = await requireStaff("admin");
    const id = Id.safeParse((await params).requestId);
    const letter = id.success ? await findLetter(admin, id.data) : null;
    if (!letter) {
      throw new Refusal("not_found");
    }
    return new Response(page(letter.subject, letter.paragraphs), {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Disposition": 'inline; filename="answer.html"',
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refuse(error, "admin.letter");
  }
}

/** Words of ours only; nothing that anybody typed stands in a letter. */
function page(subject: string, paragraphs: readonly string[]): string {
  const date = new Date().toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${subject}</title>
<style>
body { font: 11pt/1.5 Georgia, serif; max-width: 36em; margin: 3em auto; padding: 0 1.5em; color: #111; background: #fff; }
.to { min-height: 7em; margin: 2em 0; color: #555; }
h1 { font-size: 1.1em; margin: 2em 0 1em; }
@media print { .to { color: transparent; } body { margin: 0; } }
</style>
</head>
<body>
<p>${shopName}</p>
<p class="to">Name and address of the person</p>
<p>${date}</p>
<h1>${subject}</h1>
<p>Dear Sir or Madam,</p>
${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}
<p>Yours faithfully</p>
<p>${shopName}</p>
</body>
</html>
`;
}
