import { peopleStep } from "./turn-model-people";
import { runStep } from "./turn-model-runs";
import { type Command, type Rules, rules, type World } from "./turn-model-world";

/** The world after a command; the same world when it changes nothing. */
export function step(world: World, command: Command, held: Rules = rules): World {
  return "run" in command
    ? runStep(world, command.run, command.do, held)
    : peopleStep(world, command.do, held);
}
