import { setTimeout as pause } from "node:timers/promises";
import { v7 } from "uuid";
import { z } from "zod";
import { MessageView } from "@/lib/conversation/schema";
import type { Answer, Person } from "@/scripts/load/person";
import type { Customer } from "./customer";
import type { Acknowledged } from "./judge";
import type { Random } from "./random";

const desk = "app/(staff)/desk/actions.ts";
const Written = z.union([z.object({ message: MessageView }), MessageView]);

/** A lead who takes conversations over in the midst of whatever happens, answers, and hands them back. */
export class Lead {
  readonly sent: string[] = [];
  readonly acknowledged: Acknowledged[] = [];
  takeOvers = 0;
  readonly #person: Person;
  readonly #random: Random;

  constructor(person: Person, random: Random) {
    this.#person = person;
    this.#random = random;
  }

  async signIn(credentials: { email: string; password: string }): Promise<void> {
    const where = { file: "app/(auth)/actions.ts", name: "signIn", path: "/sign-in" };
    const answer = await this.#person.call(where, { ...credentials, next: "" });
    if (answer?.ok === false || this.#person.headers().cookie === "") {
      throw new Error(`The lead could not sign in: ${JSON.stringify(answer)}`);
    }
  }

  /** Until `over`; resolves with nothing left in the lead's hands. */
  async work(customers: readonly Customer[], over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await pause(this.#random.between(3_000, 8_000));
      const customer = this.#random.pick(customers);
      customer.attended = true;
      const { conversationId } = customer;
      if (conversationId) {
        await this.#attend(conversationId);
      }
      customer.attended = false;
    }
  }

  async #attend(conversationId: string): Promise<void> {
    const texts = {
      text: "A person here. I am looking into it.",
      afterMs: this.#random.between(200, 2_500),
    };
    if (await this.#insist("takeOver", conversationId, { conversationId }, 3)) {
      this.takeOvers += 1;
    }
    await pause(texts.afterMs);
    await this.#reply(conversationId, texts.text);
    await this.#insist("handBack", conversationId, { conversationId }, Number.POSITIVE_INFINITY);
  }

  async #reply(conversationId: string, text: string): Promise<void> {
    const id = v7();
    this.sent.push(id);
    const answer = await this.#insist("answer", conversationId, { conversationId, id, text }, 4);
    if (answer?.ok) {
      const written = Written.parse(answer.data);
      const { seq } = "message" in written ? written.message : written;
      this.acknowledged.push({ id, conversationId, seq, role: "staff" });
    }
  }

  /** Does it again until it is done; what was done already is done again without harm. */
  async #insist(
    name: string,
    conversationId: string,
    input: object,
    times: number,
  ): Promise<Answer | null> {
    for (let time = 1; time <= times; time += 1) {
      const where = { file: desk, name, path: `/desk/${conversationId}`, withinMs: 20_000 };
      const answer = await this.#person.call(where, input);
      if (answer?.ok || answer?.code === "conversation_owned") {
        return answer;
      }
      await pause(1_000);
    }
    return null;
  }
}
