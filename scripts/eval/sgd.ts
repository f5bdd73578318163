import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Schema-Guided Dialogue (Rastogi et al. 2020): task dialogues with the slot values that matter after each turn. */
const State = z.object({ slot_values: z.record(z.string(), z.array(z.string())) });
const Frame = z.object({ service: z.string(), state: State.optional() });
const Turn = z.object({
  speaker: z.enum(["USER", "SYSTEM"]),
  utterance: z.string(),
  frames: z.array(Frame),
});
const Dialogue = z.object({ dialogue_id: z.string(), turns: z.array(Turn) });

export type Task = {
  id: string;
  lines: { speaker: "Customer" | "Assistant"; text: string }[];
  /** Each fact in every way that it was said. */
  facts: string[][];
};

/** The dialogues of a folder's `dialogues_*.json`, or of one such file. */
export function readSgd(place: string): Task[] {
  const files = place.endsWith(".json")
    ? [place]
    : readdirSync(place)
        .filter((name) => /^dialogues_.*\.json$/.test(name))
        .sort()
        .map((name) => path.join(place, name));
  return files.flatMap((file) =>
    z
      .array(Dialogue)
      .parse(JSON.parse(readFileSync(file, "utf8")))
      .map(toTask),
  );
}

function toTask({ dialogue_id: id, turns }: z.output<typeof Dialogue>): Task {
  const lines = turns.map(({ speaker, utterance: text }) => ({
    speaker: speaker === "USER" ? ("Customer" as const) : ("Assistant" as const),
    text,
  }));
  const last = new Map<string, z.output<typeof State>>();
  for (const { service, state } of turns.flatMap(({ frames }) => frames)) {
    if (state) {
      last.set(service, state);
    }
  }
  const said = lines.map(({ text }) => text).join("\n");
  const facts = [...last.values()].flatMap(({ slot_values: slots }) => Object.values(slots));
  // "True" and "dontcare" are the data's own words: nobody said them, so no summary can hold them.
  return { id, lines, facts: facts.filter((ways) => holds(said, ways)) };
}

/** Whether a text holds a fact as whole words, in any of the ways that it was said. */
export function holds(text: string, ways: readonly string[]): boolean {
  return ways.some((way) => {
    const literal = way.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "iu").test(text);
  });
}
