import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { PageFault } from "./page-fault";
import { type PageText, titleOfName } from "./page-text";

const PAGES_MAX = 200;
const TITLE_CHARS_MAX = 120;

/** The text of a PDF, in paragraphs. Pictures, also of text, are left out. */
export async function readPdf(bytes: Uint8Array, name: string): Promise<PageText> {
  const document = await open(bytes);
  try {
    if (document.numPages > PAGES_MAX) {
      throw new PageFault(
        `It has ${document.numPages} pages, and ${PAGES_MAX} are read at most. Split it, and import the parts.`,
      );
    }
    const { text } = await extractText(document, { mergePages: false });
    const body = text.map(paragraphsOf).join("\n\n").trim();
    if (body === "") {
      throw new PageFault("There is no text in it; it may be a scan. Export it with its text.");
    }
    return { title: (await titleOf(document)) || titleOfName(name), body };
  } finally {
    await document.loadingTask.destroy();
  }
}

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

async function open(bytes: Uint8Array): Promise<Document> {
  try {
    // A copy, because the library keeps what it is given, and refuses a Buffer.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    throw new PageFault(
      locked
        ? "It is protected by a password. Save it without one."
        : "It is damaged, or no PDF. Open it and export it anew.",
      { cause: error },
    );
  }
}

async function titleOf(document: Document): Promise<string> {
  const { info } = await getMeta(document);
  const title: unknown = info["Title"];
  const words = typeof title === "string" ? title.replace(/\s+/g, " ").trim() : "";
  return words.length > TITLE_CHARS_MAX ? "" : words;
}

/** Lines that go on are joined; what ends a sentence or a list's item ends its paragraph. */
function paragraphsOf(page: string): string {
  let text = "";
  for (const line of page.split("\n").map((each) => each.replace(/\s+/g, " ").trim())) {
    if (line === "") {
      continue;
    }
    const goesOn = text !== "" && !/[.!?:;]$/.test(text) && /^[\p{Ll}\d(“"']/u.test(line);
    text += `${goesOn ? " " : "\n\n"}${plain(line)}`;
  }
  return text.trim();
}

/** What would be Markdown's marks is text of the document. */
function plain(line: string): string {
  return line.replaceAll(/([\\`*_[\]<>])/g, "\\$1").replace(/^([-#+])/, "\\$1");
}
