import { commands, layCountingWire } from "@/bench/wire";
import { enter } from "./contestant";
import { mean } from "./figures";
import type { Ours } from "./ours";

const TURNS = 20;

/**
 * How often a turn asks Redis, counted on the wire: where this process holds the conversation and where another one
 * did. Turns that are followed by a fold are left out of both and counted for themselves.
 */
export async function countRoundTrips(environment: Record<string, string>) {
  const wire = await layCountingWire(new URL(environment["REDIS_URL"] ?? ""), commands);
  const changed = { REDIS_URL: wire.url.href, MEMORY_LRU_MAX: "1" };
  const ours = await enter<Ours>("memory/ours", { ...environment, ...changed });
  const [one = "", other = ""] = await ours.open({ count: 2, turns: 10 });
  const count = async (order: readonly string[]) => {
    const plain: number[] = [];
    const bytes: number[] = [];
    const withFold: number[] = [];
    for (const id of order) {
      wire.take();
      await ours.measure({ order: [id] });
      const took = wire.take();
      const folds = await ours.folds({});
      (folds.length > 0 ? withFold : plain).push(took.run);
      bytes.push(took.bytes);
    }
    return { plain: mean(plain), withFold: mean(withFold), bytes: mean(bytes) };
  };
  await ours.measure({ order: [one] });
  const here = await count(Array.from({ length: TURNS }, () => one));
  const elsewhere = await count(Array.from({ length: TURNS }, (_, at) => (at % 2 ? one : other)));
  return {
    roundTripsPerTurn: here.plain,
    roundTripsPerTurnWithFold: here.withFold,
    roundTripsPerTurnElsewhere: elsewhere.plain,
    redisBytesOnWirePerTurn: here.bytes,
  };
}
