/** Next calls this once when a server starts, before the first request. */
export async function register(): Promise<void> {
  // Next puts the runtime's name here while building, so that no other runtime carries what follows.
  // biome-ignore lint/style/noProcessEnv: replaced at build time, and no setting of ours.
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const { startProcess } = await import("@/lib/start");
    startProcess("web");
  }
}
