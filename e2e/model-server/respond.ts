import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type ErrorName, errors } from "./errors";
import type { ChatRequest, ParsedStep } from "./script";

/** Plays one step: an answer in the endpoint's shape, streamed or whole, or the fault that it names. */
export async function respond(
  step: ParsedStep,
  request: ChatRequest,
  response: ServerResponse,
): Promise<void> {
  await sleep(step.delayMs);
  const { fault } = step;
  if (fault === "refuse") {
    response.destroy();
  } else if (fault && fault in errors) {
    sendError(response, errors[fault as ErrorName], step.retryAfter);
  } else if (fault === "no_temperature" && request.temperature !== undefined) {
    const message = "Unsupported parameter: 'temperature' is not supported with this model.";
    sendError(response, { status: 400, code: "unsupported_parameter", message });
  } else if (fault !== "hang") {
    await (request.stream
      ? sendStream(step, request, response)
      : sendWhole(step, request, response));
  }
}

type Refusal = { status: number; code: string | null; message: string };

function sendError(
  response: ServerResponse,
  { status, code, message }: Refusal,
  retryAfter?: string,
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(retryAfter !== undefined && { "retry-after": retryAfter }),
  });
  response.end(JSON.stringify({ error: { message, type: "error", code } }));
}

type Base = { id: string; created: number; model: string };

/** A fresh id for each answer: clients take two messages of one id for the same message. */
function baseOf(request: ChatRequest): Base {
  return { id: `chatcmpl-${randomUUID()}`, created: 1_750_000_000, model: request.model };
}

function toolCallsOf(step: ParsedStep) {
  return (step.toolCalls ?? []).map(({ name, args, id }, index) => ({
    index,
    id: id ?? `call_${index}_${name}`,
    type: "function",
    function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
  }));
}

function usageOf(step: ParsedStep) {
  const completion_tokens = step.text?.split(/\s+/).length ?? 0;
  return { prompt_tokens: 100, completion_tokens, total_tokens: 100 + completion_tokens };
}

function sendWhole(step: ParsedStep, request: ChatRequest, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  if (step.fault === "malformed") {
    response.end('{"choices": [');
    return;
  }
  const tool_calls = toolCallsOf(step);
  const message = {
    role: "assistant",
    content: step.fault === "empty" ? "" : (step.text ?? null),
    ...(tool_calls.length > 0 && { tool_calls }),
  };
  const finish_reason = tool_calls.length > 0 ? "tool_calls" : step.finish;
  const choices = [{ index: 0, message, finish_reason }];
  response.end(
    JSON.stringify({
      ...baseOf(request),
      object: "chat.completion",
      choices,
      usage: usageOf(step),
    }),
  );
}

const NOT_JSON = 'data: {"choices": [{"delta": \n\n';

async function sendStream(
  step: ParsedStep,
  request: ChatRequest,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  const base = baseOf(request);
  const write = (data: object) => response.write(`data: ${JSON.stringify(data)}\n\n`);
  const chunk = (delta: object, finish_reason: string | null = null) =>
    write({
      ...base,
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, finish_reason }],
    });
  if (step.fault === "malformed") {
    response.end(NOT_JSON);
    return;
  }
  chunk({ role: "assistant", content: "" });
  for (const word of wordsOf(step, response)) {
    chunk({ content: word });
    await sleep(step.tokenDelayMs);
  }
  if (step.fault && BREAKS.has(step.fault)) {
    await sleep(20);
    breakOff(step, response);
    return;
  }
  const tool_calls = toolCallsOf(step);
  if (tool_calls.length > 0) {
    chunk({ tool_calls });
  }
  chunk({}, tool_calls.length > 0 ? "tool_calls" : step.finish);
  write({ ...base, object: "chat.completion.chunk", choices: [], usage: usageOf(step) });
  response.end("data: [DONE]\n\n");
}

const BREAKS = new Set(["cut", "stall", "garbled", "error_event", "silent"]);

function* wordsOf({ fault, text }: ParsedStep, response: ServerResponse): Generator<string> {
  const words = text?.match(/\s*\S+\s*/g) ?? [];
  if (fault === "empty" || fault === "silent") {
    return;
  }
  yield* fault && BREAKS.has(fault) ? words.slice(0, Math.ceil(words.length / 2)) : words;
  while (fault === "endless" && !response.destroyed) {
    yield* words.map((word, at) => (at === 0 ? ` ${word}` : word));
  }
}

/** Ends in the middle of an answer as the step says; "stall" and "silent" just say nothing more. */
function breakOff({ fault }: ParsedStep, response: ServerResponse): void {
  if (fault === "cut") {
    response.destroy();
  } else if (fault === "garbled") {
    response.end(NOT_JSON);
  } else if (fault === "error_event") {
    const error = { message: "The server had an error", type: "server_error", code: null };
    response.end(`data: ${JSON.stringify({ error })}\n\n`);
  }
}
