const CODE = /^[A-Za-z0-9_.-]{1,64}$/;

/** What went wrong, as a code: an error's own where it has one, else its name. Never its message, which may quote somebody. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return "unknown";
  }
  const own: unknown = "code" in error ? error.code : undefined;
  return typeof own === "string" && CODE.test(own) ? own : error.name;
}
