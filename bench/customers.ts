import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { v7 } from "uuid";
import type { StreamEvent } from "@/lib/conversation/schema";
import type { Actions } from "@/scripts/load/actions";
import { readStream } from "@/scripts/load/follow";
import { agree, arrive, type Person, send } from "@/scripts/load/person";

/** How one question went. Times are milliseconds from the moment it was sent. */
export type Asked = {
  reference: string;
  error: string | null;
  acknowledgedMs: number | null;
  firstTokenMs: number | null;
  doneMs: number | null;
  /** The stored answer. */
  text: string | null;
};

/** A customer with one conversation and its stream open, as a browser that shows it. */
export type Customer = {
  /** The first question makes the conversation, whose stream is opened with it. */
  ask(reference: string, withinMs: number): Promise<Asked>;
  /** The stream broke and had to be opened again this often. */
  reconnects(): number;
  leave(): void;
};

const connections = new http.Agent({ keepAlive: true });
let arrived = 0;

/** Letters only, so that no rule of redaction takes it for a number that means something. */
export function referenceOf(count: number): string {
  const letters = count.toString(26).replaceAll(/./g, (digit) => {
    return String.fromCharCode(97 + Number.parseInt(digit, 26));
  });
  return letters.padStart(4, "a");
}

/** A new guest who has agreed; each comes from an address of its own. */
export async function newCustomer(address: string, actions: Actions): Promise<Customer> {
  arrived += 1;
  const ip = `10.${(arrived >> 16) & 255}.${(arrived >> 8) & 255}.${arrived & 255}`;
  const person = arrive({ address, actions, ip, agent: connections });
  if (!(await agree(person))) {
    throw new Error("A guest could not agree.");
  }
  return customer(person, v7());
}

/** `afterSeq`: what stands there or before was said before the question. */
type Waiting = { sentAt: number; afterSeq: number; asked: Asked; done: () => void };

const unanswered = (reference: string): Asked => ({
  reference,
  error: null,
  acknowledgedMs: null,
  firstTokenMs: null,
  doneMs: null,
  text: null,
});

function customer(person: Person, conversationId: string): Customer {
  const gone = new AbortController();
  let waiting: Waiting | null = null;
  let lastSeq = 0;
  let reconnects = -1;
  const onEvent = (event: StreamEvent, at: number) => {
    // A stream that was opened anew tells in its snapshot what it would have told one by one.
    const told = event.type === "snapshot" ? event.messages : [];
    const events = told.map((message) => ({ type: "message" as const, message }));
    for (const each of [event, ...events]) {
      if (waiting) {
        noteEvent(waiting, each, at);
      }
      if (each.type === "message") {
        lastSeq = Math.max(lastSeq, each.message.seq);
      }
    }
  };
  const follow = async () => {
    while (!gone.signal.aborted) {
      reconnects += 1;
      await readStream(person, { conversationId, after: lastSeq }, onEvent, {
        signal: gone.signal,
      });
      await pause(200);
    }
  };
  const deliver = async (mine: Waiting, text: string) => {
    const message = { id: v7(), conversationId, text };
    const outcome = await send(person, message, {
      onSent: (at) => {
        mine.sentAt = at;
      },
    });
    mine.asked.acknowledgedMs = performance.now() - mine.sentAt;
    if (outcome.kind !== "acknowledged") {
      mine.asked.error = outcome.kind === "refused" ? outcome.code : "no answer";
      mine.done();
    } else if (reconnects < 0) {
      void follow();
    }
  };
  const ask = async (reference: string, withinMs: number): Promise<Asked> => {
    const asked = unanswered(reference);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting = { sentAt: performance.now(), afterSeq: lastSeq, asked, done };
      void deliver(waiting, `How do I wash a down jacket, ref ${reference} please?`);
    });
    waiting = null;
    asked.error ??= asked.text === null ? "no stored answer in time" : null;
    return asked;
  };
  let before: Promise<unknown> = Promise.resolve();
  return {
    // Where the product is too slow for the pace, a person waits for the answer before they ask again.
    ask(reference, withinMs) {
      const asked = before.then(() => ask(reference, withinMs));
      before = asked;
      return asked;
    },
    reconnects: () => Math.max(0, reconnects),
    leave: () => gone.abort(),
  };
}

function noteEvent(waiting: Waiting, event: StreamEvent, at: number): void {
  const { sentAt, afterSeq, asked, done } = waiting;
  if (event.type === "delta") {
    asked.firstTokenMs ??= at - sentAt;
  } else if (
    event.type === "message" &&
    event.message.role === "assistant" &&
    event.message.seq > afterSeq
  ) {
    asked.doneMs = at - sentAt;
    asked.text = event.message.text;
    done();
  } else if (event.type === "turn" && event.state === "failed") {
    asked.error = "the turn failed";
    done();
  }
}
