import { setTimeout as pause } from "node:timers/promises";

const TRIES = 40;
const PAUSE_MS = 250;

/**
 * Does it again where it fails, as a job does: on a busy machine a server may be silent for longer than a customer may
 * wait. What fails every time fails the test.
 */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES) {
        throw error;
      }
      await pause(PAUSE_MS);
    }
  }
}
