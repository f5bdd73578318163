import { Socket } from "node:net";

/**
 * Has this process die by its own hand, as by `kill -9`, in place of the step of that number: each time that something
 * is about to be sent to one of its servers. Answers how many steps there were; step 0 never comes.
 */
export function dieAt(step: number): () => number {
  let taken = 0;
  const write = Socket.prototype.write;
  Socket.prototype.write = function (this: Socket, ...given: Parameters<typeof write>) {
    // What it prints goes through sockets as well.
    if (this.remotePort !== undefined) {
      taken += 1;
      if (taken === step) {
        process.kill(process.pid, "SIGKILL");
      }
    }
    return Reflect.apply(write, this, given);
  } as typeof write;
  return () => taken;
}
