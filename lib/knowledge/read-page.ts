import { PageFault } from "./page-fault";
import type { PageText } from "./page-text";
import { readHtml } from "./read-html";
import { readMarkdown } from "./read-markdown";
import { readPdf } from "./read-pdf";
import { IMPORT_BYTES_MAX } from "./schema";

/** A file by its path inside of what is imported: "help/returns.md". */
export type PageFile = { path: string; bytes: Uint8Array };

/** The text of a Markdown, HTML or PDF file as Markdown. Throws a PageFault that says what is wrong with it. */
export async function readPage({ path, bytes }: PageFile): Promise<PageText> {
  if (bytes.length === 0) {
    throw new PageFault("The file is empty.");
  }
  if (bytes.length > IMPORT_BYTES_MAX) {
    throw new PageFault("It is larger than 5 MB. Split it, or leave out its pictures.");
  }
  switch (/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase()) {
    case "md":
    case "markdown":
    case "txt":
      return readMarkdown(decode(bytes), path);
    case "html":
    case "htm":
      return readHtml(decode(bytes), path);
    case "pdf":
      return await readPdf(bytes, path);
    default:
      throw new PageFault("Only Markdown (.md, .txt), HTML (.html) and PDF files can be read.");
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new PageFault("Its letters cannot be read. Save it as UTF-8.", { cause: error });
  }
}
