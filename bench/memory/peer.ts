import { setTimeout as pause } from "node:timers/promises";
import type { Contestant, Measure } from "./contestant";
import { InstantModel } from "./instant-model";
import { summary, Witness } from "./talk";

/** The same limit for all of them, and what stays after a summary where that can be said: ours are the defaults. */
export const TOKENS_MAX = 500;
export const TOKENS_KEPT = 250;

/** What a peer brings: how it begins, talks, and what it stores. Turns are numbered from 1. */
export type Peer = {
  /** A conversation that has had so many turns. */
  begin: (id: string, turns: number) => Promise<void>;
  turn: (id: string, turn: number) => Promise<void>;
  storedBytes: (id: string) => Promise<number>;
};

/** A peer as a contestant. `make` is given the model that summarises. */
export function asContestant(name: string, make: (summariser: InstantModel) => Peer): Contestant {
  const witness = new Witness();
  let current = "";
  const summariser = new InstantModel((prompt) => {
    witness.note(current, prompt);
    return summary;
  });
  const peer = make(summariser);
  const turnsOf = new Map<string, number>();
  const next = async (id: string) => {
    const turn = (turnsOf.get(id) ?? 0) + 1;
    turnsOf.set(id, turn);
    const began = performance.now();
    await peer.turn(id, turn);
    return performance.now() - began;
  };
  return {
    async open({ count, turns }) {
      const ids: string[] = [];
      for (let made = 0; made < count; made += 1) {
        const id = `${name}-${turnsOf.size}`;
        current = id;
        await peer.begin(id, turns);
        turnsOf.set(id, turns);
        ids.push(id);
      }
      return ids;
    },
    async measure({ order, slow, pauseMs }: Measure) {
      const ms: number[] = [];
      for (const id of order) {
        current = id;
        summariser.delayMs = slow?.ids.includes(id) ? slow.ms : 0;
        ms.push(await next(id));
        await (pauseMs && pause(pauseMs));
      }
      summariser.delayMs = 0;
      return ms;
    },
    async together({ ids, turns }) {
      current = "together";
      const began = performance.now();
      const talk = async (id: string) => {
        for (let turn = 0; turn < turns; turn += 1) {
          await next(id);
        }
      };
      await Promise.all(ids.map(talk));
      return { seconds: (performance.now() - began) / 1000, turns: ids.length * turns };
    },
    storedBytes: ({ id }) => peer.storedBytes(id),
    given: async ({ id }) => witness.told(id),
  };
}
