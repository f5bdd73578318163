import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { createMiddleware, ToolInvocationError } from "langchain";
import type { FaultCode } from "./fault-table";
import { ModelFault, ToolBroke, TurnStopped } from "./faults";
import type { Limits } from "./limits";

/** The same call with the same arguments so often is a loop, however few calls there were. */
const SAME_MAX = 3;

/**
 * Watches how a model uses its tools. One that calls wrongly is told so in a sentence (the library's own words hold our
 * stack) and may try again, so often; one that asks the same thing over and over is cut off.
 */
export function watchTools({ mistakesMax }: Pick<Limits, "mistakesMax">) {
  const counts = new Map<string, number>();
  const count = (what: string): number => {
    const times = (counts.get(what) ?? 0) + 1;
    counts.set(what, times);
    return times;
  };
  const forgive = (what: string, code: FaultCode): void => {
    if (count(what) >= mistakesMax) {
      throw new ModelFault(code);
    }
  };
  /** What the model is told of a call that did not work. Whatever is not its mistake ends the turn. */
  const explain = (error: unknown, name: string): string => {
    if (ToolInvocationError.isInstance(error)) {
      forgive("arguments", "bad_arguments");
      return `The arguments of ${name} do not fit its description. Correct them and call it again.`;
    }
    throw error instanceof TurnStopped ? error : new ToolBroke(name, { cause: error });
  };
  return createMiddleware({
    name: "WatchTools",
    wrapModelCall: async (request, handler) => withEveryCall(await handler(request)),
    wrapToolCall: async (request, handler) => {
      const { id = "", name, args } = request.toolCall;
      const tell = (content: string) =>
        new ToolMessage({ content, name, tool_call_id: id, status: "error" });
      if (!request.tool) {
        forgive("unknown", "unknown_tool");
        return tell("There is no tool of that name. Use only the tools that you were given.");
      }
      const same = `${name} ${JSON.stringify(args)}`;
      if ((counts.get(same) ?? 0) >= SAME_MAX - 1) {
        throw new ModelFault("loop");
      }
      try {
        const result = await handler(request);
        count(same);
        return result;
      } catch (error) {
        return tell(explain(error, name));
      }
    },
  });
}

/**
 * Arguments that are no JSON make a call that the library drops, and the answer looks empty. Taken as a call without
 * arguments it is refused like any other that does not fit, and the model hears of it.
 */
function withEveryCall<Response>(response: Response): Response | AIMessage {
  if (!AIMessage.isInstance(response) || !response.invalid_tool_calls?.length) {
    return response;
  }
  const unread = response.invalid_tool_calls.map(({ id, name = "" }) => ({
    ...(id !== undefined && { id }),
    name,
    args: {},
    type: "tool_call" as const,
  }));
  return new AIMessage({
    content: response.content,
    ...(response.id !== undefined && { id: response.id }),
    tool_calls: [...(response.tool_calls ?? []), ...unread],
    response_metadata: response.response_metadata,
  });
}
