import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { newId } from "@/lib/id";
import type { SubjectKey } from "@/lib/privacy/schema";
import { openValue, sealValue } from "./envelope";
import type { Carried, MoveSide } from "./move";
import type { SaveAnswer } from "./port";
import { MemoryState } from "./schema";
import { isOlder } from "./state";

const ENDING = ".memory.json";

/** What stands in the clear beside a sealed memory: how long it has to live. */
const Stored = z.object({
  format: z.literal(1),
  ttlSeconds: z.number().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  sealed: z.base64(),
});

/**
 * A folder with one file a conversation, sealed under its owner's key: to take memories elsewhere. An erased customer's
 * file no longer opens, because their key is gone; it does not go by itself.
 */
export class FileSide implements MoveSide {
  readonly name = "file";
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Throws where no such folder can be read: one whose name was mistyped must not look like an empty one. */
  async *listKeys(): AsyncIterable<string> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      throw new Error(`No folder can be read at ${this.folder}.`, { cause: error });
    });
    yield* names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length));
  }

  async exists(conversationId: string): Promise<boolean> {
    return (await this.find(conversationId)) !== null;
  }

  async read(conversationId: string, owner: SubjectKey): Promise<Carried | null> {
    const stored = await this.find(conversationId);
    if (!stored) {
      return null;
    }
    const { ttlSeconds, expiresAt, sealed } = stored;
    const opened = openValue(owner, place(conversationId), Buffer.from(sealed, "base64"));
    const remainingMs = expiresAt === null ? null : Date.parse(expiresAt) - Date.now();
    return { state: MemoryState.parse(opened), ttlSeconds, remainingMs };
  }

  async write(conversationId: string, owner: SubjectKey, carried: Carried): Promise<SaveAnswer> {
    const { state, ttlSeconds, remainingMs } = carried;
    const held = await this.read(conversationId, owner);
    if (held && isOlder(state, held.state)) {
      return "older";
    }
    const stored: z.infer<typeof Stored> = {
      format: 1,
      ttlSeconds,
      expiresAt: remainingMs === null ? null : new Date(Date.now() + remainingMs).toISOString(),
      sealed: sealValue(owner, place(conversationId), state).toString("base64"),
    };
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    // Under another name first: whoever is killed leaves no half a file.
    const whole = path.join(this.folder, `${newId()}.part`);
    await writeFile(whole, JSON.stringify(stored), { mode: 0o600 });
    await rename(whole, this.fileOf(conversationId));
    return "saved";
  }

  close(): void {
    // Nothing is held open.
  }

  /** Null where there is none, or its time is over. */
  private async find(conversationId: string): Promise<z.infer<typeof Stored> | null> {
    const text = await readFile(this.fileOf(conversationId), "utf8").catch((error: unknown) => {
      if (isAbsent(error)) {
        return null;
      }
      throw error;
    });
    if (text === null) {
      return null;
    }
    const stored = Stored.parse(JSON.parse(text));
    const isOver = stored.expiresAt !== null && Date.parse(stored.expiresAt) <= Date.now();
    return isOver ? null : stored;
  }

  private fileOf(conversationId: string): string {
    return path.join(this.folder, `${path.basename(conversationId)}${ENDING}`);
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

function place(row: string) {
  return { table: "file.memory", row, column: "state" };
}
