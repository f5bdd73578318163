import { bold, dim } from "./say.mjs";

const row = (name, value) => `  ${dim(name.padEnd(10))} ${value}`;

/** What a person needs to know once everything runs, in one tidy block. */
export function block({ address, checked, given, seeded, place, host, worker, processes }) {
  const local = host === "127.0.0.1";
  const model = given.OPENAI_API_KEY
    ? `${checked.OPENAI_MODEL} at ${checked.OPENAI_BASE_URL ?? "https://api.openai.com/v1"}`
    : "the offline model (set OPENAI_API_KEY for a real one)";
  const postgres = given.DATABASE_URL ? "your PostgreSQL" : `${place.server}`;
  const signIns = seeded.signIns.map(({ role, email, password }, index) =>
    row(index === 0 ? "Sign in" : "", `${role.padEnd(9)} ${email}  ${password}`),
  );
  const lines = [
    "",
    `  ${bold("Recollect is ready:")} ${bold(address)}`,
    "",
    ...(local
      ? [row("Reach", "this machine only (LISTEN=0.0.0.0 npm start opens it to the network)")]
      : []),
    ...signIns,
    ...(seeded.firstAdminLink
      ? [
          row("Admin", `${seeded.firstAdminLink}`),
          row("", "makes the first admin, once, within 30 minutes"),
        ]
      : []),
    row("Model", model),
    ...(processes ? [row("Processes", processes)] : []),
    ...(worker === "separate" ? [row("Worker", "runs by itself: npm run worker")] : []),
    row(
      "Data",
      postgres === place.server
        ? `${postgres} and ${place.files}`
        : `${postgres} and ${place.files}`,
    ),
    row(
      "Secrets",
      given.KEYRING || given.KEYRING_FILE
        ? `${place.secrets}, and your own keyring`
        : place.secrets,
    ),
    row(
      "Backup",
      "keep the secrets apart from the database's backups: who has both can read everything,",
    ),
    row("", "and without the secrets nobody can."),
    "",
    dim("  Ctrl-C stops everything that this command started."),
    "",
  ];
  return lines.join("\n");
}
