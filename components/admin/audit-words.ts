/** "user_data_deleted" read aloud: "User data deleted". */
export function actionText(action: string): string {
  const words = action.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who acted: a colleague by name, else what the log says. */
export function actorText(actor: string, names: ReadonlyMap<string, string>): string {
  if (actor === "customer") {
    return "The customer";
  }
  if (actor === "system") {
    return "Recollect";
  }
  if (actor === "unknown") {
    return "Somebody unknown";
  }
  return names.get(actor) ?? `Staff ${actor.slice(0, 8)}`;
}

/** What an entry says beside who and when: "reason hand off · count 3". Ids are shortened, the full ones stay in the log. */
export function metadataText(metadata: Record<string, unknown>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${spaced(name)} ${shown(value)}`)
    .join(" · ");
}

function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shown(value: unknown): string {
  const text = String(value);
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)
    ? `…${text.slice(-8)}`
    : text.replaceAll("_", " ");
}
