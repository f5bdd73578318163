import fc from "fast-check";
import { expect, test } from "vitest";
import { addCalendarMonths } from "./calendar";
import { RequestState } from "./schema-request";
import { isOpenState, mayMove, requestMoves, withdrawableStates } from "./schema-request-flow";

const states = RequestState.options;

test("every state is reached from how a request begins, and only answered ones lead nowhere", () => {
  const reached = new Set<RequestState>(["identity_check", "received", "duplicate"]);
  for (const state of reached) {
    for (const next of requestMoves[state]) {
      reached.add(next);
    }
  }
  expect([...reached].sort()).toEqual([...states].sort());
  for (const state of states) {
    expect([state, requestMoves[state].length > 0]).toEqual([state, isOpenState(state)]);
  }
});

test("whatever happens to a request, what was answered stays as it is", () => {
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.constantFrom(...states), (from, to) => {
      expect(isOpenState(from) || !mayMove(from, to)).toBe(true);
    }),
  );
});

test("nothing whose person is not known is decided or run, whichever way it goes", () => {
  const walk = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(walk, (choices) => {
      let state: RequestState = "identity_check";
      let received = false;
      for (const choice of choices) {
        const moves: readonly RequestState[] = requestMoves[state];
        const next: RequestState | undefined = moves[choice % Math.max(1, moves.length)];
        if (!next) {
          return;
        }
        expect(received || !["approved", "waiting", "running", "done"].includes(next)).toBe(true);
        received ||= next === "received";
        state = next;
      }
    }),
  );
});

test("a customer can take back all that has not begun, and nothing that has", () => {
  for (const state of states) {
    expect([state, withdrawableStates.includes(state) && mayMove(state, "withdrawn")]).toEqual([
      state,
      ["identity_check", "received", "approved", "waiting"].includes(state),
    ]);
  }
});

test("months later is the same day, or the month's last where there is none, and never another month", () => {
  const day = fc.date({
    min: new Date("2000-01-01"),
    max: new Date("2100-01-01"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 24 }), (from, months) => {
      const due = addCalendarMonths(from, months);
      const passed =
        (due.getUTCFullYear() - from.getUTCFullYear()) * 12 +
        due.getUTCMonth() -
        from.getUTCMonth();
      expect(passed).toBe(months);
      const nextDay = new Date(due.getTime() + 86_400_000);
      expect(
        due.getUTCDate() === from.getUTCDate() ||
          (due.getUTCDate() < from.getUTCDate() && nextDay.getUTCDate() === 1),
      ).toBe(true);
      expect(due.getTime() % 86_400_000).toBe(from.getTime() % 86_400_000);
    }),
  );
});
