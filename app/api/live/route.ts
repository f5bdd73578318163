/** The process runs. Says nothing about what it stands on: restarting it would not help a database. */
export function GET(): Response {
  return Response.json({ ok: true });
}
