import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ToastProvider } from "@/components/ui/toast";
import { RetentionFields, rulesOfFields, usualConsent, usualRetention } from "@/lib/setting/schema";
import { ConsentEditor } from "./consent-editor";
import { HoldForm } from "./hold-form";
import { HoldTable } from "./hold-table";
import { RetentionCalendar } from "./retention-calendar";
import { RetentionDueStats } from "./retention-due";
import { RetentionForm } from "./retention-form";
import { RetentionPending } from "./retention-pending";

const never = () => Promise.reject(new Error("nothing is sent"));
const draw = (what: React.ReactNode) =>
  renderToStaticMarkup(<ToastProvider>{what}</ToastProvider>).replaceAll("&#x27;", "'");
const state = {
  rules: usualRetention,
  inForce: usualRetention,
  pending: null,
  changedBy: null,
  changedAt: null,
};

/** What a form holds as it was drawn. */
function heldBy(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input[^>]*>/g)].map(([input]) => input);
  const attribute = (input: string, name: string) =>
    new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? "";
  return Object.fromEntries(
    inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]),
  );
}

test("the form of the rules sends the rules that it shows", () => {
  const html = draw(<RetentionForm state={state} change={never} />);
  expect(rulesOfFields(RetentionFields.parse(heldBy(html)))).toEqual(usualRetention);
  expect(html).toMatch(/value="count" name="act">Count what would go/);
  expect(html).toMatch(/value="change" name="act">Change in 24 hours/);
  expect(html).not.toContain("a rule of its own");
});

test("a rule of the installation's own is told beside what admins have set", () => {
  const inForce = { ...usualRetention, guests: 60 };
  const html = draw(<RetentionForm state={{ ...state, inForce }} change={never} />);
  expect(html).toContain("Guests' records 60");
});

test("a change that waits says what it changes, when and by whom, and nothing is said where none does", () => {
  const props = { names: { ida: "Ida Lind" }, takeBack: never };
  expect(draw(<RetentionPending state={state} {...props} />)).not.toContain("takes effect");
  const rules = { ...usualRetention, guests: 14 };
  const pending = { rules, from: "2026-11-24T10:00:00.000Z", by: "ida" };
  const html = draw(<RetentionPending state={{ ...state, pending }} {...props} />);
  expect(html).toContain("Guests' records: 30 days now, then 14 days");
  expect(html).toContain("2026-11-24T10:00:00.000Z");
  expect(html).toContain("Planned by Ida Lind");
  expect(html).toContain("Take it back");
});

test("what is due, what comes and what is held is shown as it was counted", () => {
  const none = { guest: 0, trial: 0, standard: 0, premium: 0 };
  const due = {
    conversations: { ...none, guest: 2, standard: 3 },
    guests: 1,
    facts: none,
    kept: 4,
  };
  const stats = draw(
    <RetentionDueStats due={due} removed={[{ kind: "conversations", count: 7 }]} days={30} />,
  );
  expect(stats).toMatch(/Conversations<\/dt><dd[^>]*>5/);
  expect(stats).toContain("7 in the last 30 days");
  const coming = [{ day: "2026-11-28", conversations: 9, guests: 0 }];
  expect(draw(<RetentionCalendar coming={coming} days={30} />)).toContain("Sat, November 28");
  expect(draw(<RetentionCalendar coming={[]} days={30} />)).toContain("Nothing falls due");
  const holds = [
    {
      id: "01936b2e-0000-7000-8000-000000000001",
      pseudonym: "0123456789abcdef",
      conversationId: null,
      reason: "legal_claim",
      setBy: "ida",
      setAt: "2026-11-20T10:00:00.000Z",
    } as const,
  ];
  const table = draw(<HoldTable holds={holds} names={{ ida: "Ida Lind" }} release={never} />);
  expect(table).toMatch(/Everything of a customer.*0123456789abcdef.*A legal claim.*Ida Lind/s);
  expect(draw(<HoldTable holds={[]} names={{}} release={never} />)).toContain("Nothing is held.");
  expect(draw(<HoldForm hold={never} />)).toContain("An authority asks for it");
});

test("the words in force stand beside the form for others", () => {
  const { title, points, controller, contact, version, askedSince } = usualConsent;
  const shown = points.map((point) => point.replace("{days}", "For 30 days."));
  const text = { version, askedSince, title, points: shown, controller, contact, hash: "abc" };
  const draft = { title, points, controller, contact };
  const html = draw(<ConsentEditor draft={draft} text={text} publish={never} />);
  expect(html).toContain("In force: version 3");
  expect(html).toContain("For 30 days.");
  expect(html).toContain("Publish, and ask everybody again");
});
