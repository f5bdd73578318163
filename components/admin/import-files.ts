import type { z } from "zod";
import type { ImportHead } from "@/lib/knowledge/schema";
import { IMPORT_BYTES_MAX, ImportResult } from "@/lib/knowledge/schema";

/** The files that were chosen, one by one or by their folder, in the order of their paths. What is hidden stays. */
export function chosenFiles(form: FormData): File[] {
  return [...form.getAll("files"), ...form.getAll("folder")]
    .filter((each) => each instanceof File)
    .filter((file) => file.name !== "" && !/(?:^|\/)\./.test(pathOf(file)))
    .sort((a, b) => pathOf(a).localeCompare(pathOf(b)));
}

/** A file's path inside of the chosen folder, whose own name is left out. */
export function pathOf(file: File): string {
  return (file.webkitRelativePath ?? "").split("/").slice(1).join("/") || file.name;
}

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Sends one file. What goes wrong on the way is told like what is wrong with a file. */
export async function sendFile(
  file: File,
  head: z.input<typeof ImportHead>,
  ask: Fetch = fetch,
): Promise<ImportResult> {
  const failed = (why: string): ImportResult => ({ path: head.path, outcome: "failed", why });
  if (file.size > IMPORT_BYTES_MAX) {
    return failed("It is larger than 5 MB. Split it, or leave out its pictures.");
  }
  try {
    const response = await ask("/api/articles/import", {
      method: "PUT",
      body: file,
      headers: {
        "Content-Type": "application/octet-stream",
        "X-Article": encodeURIComponent(JSON.stringify(head)),
      },
    });
    const answer: unknown = await response.json();
    const result = ImportResult.safeParse(answer);
    return result.success ? result.data : failed(sentenceOf(answer));
  } catch {
    return failed("The server was not reached. Check the connection, and import it again.");
  }
}

function sentenceOf(answer: unknown): string {
  const said = answer !== null && typeof answer === "object" && "message" in answer;
  return said ? String(answer.message) : "The server did not answer as expected. Import it again.";
}
