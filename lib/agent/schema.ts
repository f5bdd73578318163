/** Which model answers: the page says it, because people may know whether a large model reads them. */
export type ModelInUse = { kind: "offline" | "openai"; name: string };
