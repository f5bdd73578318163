/** The ways in which a text may stand in a file, beside compressed and encrypted, which no search can see through. */
export const encodings = [
  "UTF-8",
  "UTF-16, little-endian",
  "UTF-16, big-endian",
  "base64, at each of its three offsets",
  "base64url, at each of its three offsets",
  "hexadecimal, lower case",
  "hexadecimal, upper case",
  "percent-encoded",
  "JSON-escaped",
] as const;

/** Shorter ones are met by chance. */
const BYTES_MIN = 6;

/** Every form in which a text may stand in a file, each once. */
export function formsOfText(text: string): Buffer[] {
  const bytes = Buffer.from(text, "utf8");
  const little = Buffer.from(text, "utf16le");
  return distinct([
    bytes,
    little,
    Buffer.from(little).swap16(),
    ...formsOfBytes(bytes).slice(1),
    ...percentEncoded(text),
    ...jsonEscaped(text),
  ]);
}

/** Every form in which bytes (an id, a wrapped key) may stand in a file, each once; as they are comes first. */
export function formsOfBytes(given: Uint8Array): Buffer[] {
  const bytes = Buffer.from(given);
  const hex = bytes.toString("hex");
  return distinct([
    bytes,
    ...base64At(bytes, "base64"),
    ...base64At(bytes, "base64url"),
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
  ]);
}

/**
 * What of the encoded bytes does not depend on their neighbours, for each place in a group of three at which they may
 * begin.
 */
function base64At(bytes: Buffer, encoding: "base64" | "base64url"): Buffer[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
    const first = Math.ceil((before * 8) / 6);
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return Buffer.from(encoded.slice(first, whole));
  });
}

function percentEncoded(text: string): Buffer[] {
  const encoded = encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));
  const form = encoded.replaceAll("%20", "+");
  const lower = encoded.replaceAll(/%[0-9A-F]{2}/g, (each) => each.toLowerCase());
  return [encoded, form, lower].map((each) => Buffer.from(each));
}

function jsonEscaped(text: string): Buffer[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = escaped.replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [escaped, ascii].map((each) => Buffer.from(each));
}

function distinct(forms: readonly Buffer[]): Buffer[] {
  const seen = new Map(forms.map((form) => [form.toString("latin1"), form]));
  return [...seen.values()].filter(({ length }) => length >= BYTES_MIN);
}
