import { parse } from "uuid";
import type { DataMapEntry } from "./schema-map";
import type { Trace, Traces } from "./schema-traces";
import { type Pattern, TraceFinder } from "./trace-finder";
import { formsOfBytes, formsOfText } from "./trace-forms";

/** Everything that is looked for, each with the forms in which it may stand in a file. */
export function tracesOf({ customerId, keyOwners, conversationIds, ...rest }: Traces): Trace[] {
  return [
    ...[customerId, ...keyOwners].map((id) => ({ what: "id", forms: formsOfId(id) }) as const),
    ...conversationIds.map((id) => ({ what: "conversation", forms: formsOfId(id) }) as const),
    ...[...rest.values, ...rest.passages].map(
      (text) => ({ what: "value", forms: formsOfText(text) }) as const,
    ),
    ...rest.wrapped.map(
      (key) => ({ what: "key", forms: formsOfBytes(Buffer.from(key, "base64")) }) as const,
    ),
  ];
}

function formsOfId(id: string): Buffer[] {
  return [...formsOfText(id), Buffer.from(parse(id)), Buffer.from(id.replaceAll("-", ""))];
}

/** A finder of some traces by their places in the list. */
export function finderOf(
  traces: readonly Trace[],
  wanted: (trace: Trace, at: number) => boolean,
): TraceFinder {
  const patterns = traces.flatMap((trace, at): Pattern[] =>
    wanted(trace, at) ? trace.forms.map((bytes) => ({ trace: at, bytes })) : [],
  );
  return new TraceFinder(patterns);
}

/** The tables that speak of nobody: what stands in an article is not the person, though the person wrote it too. */
export function impersonalTables(dataMap: readonly DataMapEntry[]): Set<string> {
  return new Set(
    dataMap
      .filter(({ whose, kind }) => whose === "nobody" && kind === "table")
      .flatMap(({ covers }) => covers),
  );
}
