import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChatRequest, ParsedStep } from "./script";

/** Plays one step: an answer in the endpoint's shape, streamed or whole, or the fault that it names. */
export async function respond(
  step: ParsedStep,
  request: ChatRequest,
  response: ServerResponse,
): Promise<void> {
  await sleep(step.delayMs);
  switch (step.fault) {
    case "refuse":
      response.destroy();
      return;
    case "hang":
      return;
    case "rate_limit":
      sendError(response, 429, "Rate limit reached for requests");
      return;
    case "server_error":
      sendError(response, 500, "The server had an error while processing your request");
      return;
    case "no_temperature":
      if (request.temperature !== undefined) {
        sendError(
          response,
          400,
          "Unsupported parameter: 'temperature' is not supported with this model.",
        );
        return;
      }
      break;
    default:
  }
  await (request.stream ? sendStream(step, request, response) : sendWhole(step, request, response));
}

function sendError(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message, type: "error", code: null } }));
}

type Base = { id: string; created: number; model: string };

/** A fresh id for each answer: clients take two messages of one id for the same message. */
function baseOf(request: ChatRequest): Base {
  return { id: `chatcmpl-${randomUUID()}`, created: 1_750_000_000, model: request.model };
}

function toolCallsOf(step: ParsedStep) {
  return (step.toolCalls ?? []).map(({ name, args }, index) => ({
    index,
    id: `call_${index}_${name}`,
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
  const finish_reason = tool_calls.length > 0 ? "tool_calls" : "stop";
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
    response.end('data: {"choices": [{"delta": \n\n');
    return;
  }
  chunk({ role: "assistant", content: "" });
  const words = step.fault === "empty" ? [] : (step.text?.match(/\s*\S+\s*/g) ?? []);
  const breaks = step.fault === "cut" || step.fault === "stall";
  for (const word of breaks ? words.slice(0, Math.ceil(words.length / 2)) : words) {
    chunk({ content: word });
    await sleep(step.tokenDelayMs);
  }
  if (breaks) {
    await sleep(20);
    if (step.fault === "cut") {
      response.destroy();
    }
    return;
  }
  const tool_calls = toolCallsOf(step);
  if (tool_calls.length > 0) {
    chunk({ tool_calls });
  }
  chunk({}, tool_calls.length > 0 ? "tool_calls" : "stop");
  write({ ...base, object: "chat.completion.chunk", choices: [], usage: usageOf(step) });
  response.end("data: [DONE]\n\n");
}
