import { report } from "@/lib/observability";
import { onSettingChange, settingOf } from "@/lib/setting";
import type { StreamEvent } from "./schema";

/** Tells a customer's stream whether the AI answers: at first, and whenever an admin switches it. */
export class AnswersWatch {
  #told: boolean | null = null;

  async *look(): AsyncGenerator<StreamEvent> {
    const on = await this.#ask();
    if (on !== this.#told) {
      this.#told = on;
      yield { type: "answers", on };
    }
  }

  // Words may still come while PostgreSQL is away; what was told last stands until it is back.
  async #ask(): Promise<boolean> {
    try {
      return (await settingOf("answers")).on;
    } catch (error) {
      report(error, { where: "conversation.answers" });
      return this.#told ?? true;
    }
  }
}

/** Rings when the AI's answers are switched off or on. */
export const hearAnswers = (ring: () => void) => onSettingChange("answers", ring);
