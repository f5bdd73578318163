import { Radio, RadioGroup } from "@/components/ui/choice";
import { Time } from "@/components/ui/time";
import type { PersonFound } from "@/lib/privacy/schema";

const by: Record<PersonFound["matched"][number], string> = {
  email: "e-mail",
  phone: "phone number",
  name: "name",
  order: "order",
  id: "id",
};

/** Who may be meant, to choose one. Nothing here names them. */
export function FoundPeople({ found }: { found: readonly PersonFound[] }) {
  return (
    <RadioGroup
      legend="Who of these?"
      hint="Several people may have the same name, and anybody may have written an address. Choose only whom you have made sure of."
    >
      {found.map((person) => (
        <Radio
          key={person.customerId}
          name="customerId"
          value={person.customerId}
          required
          label={<PersonLine person={person} />}
        />
      ))}
    </RadioGroup>
  );
}

/** A record in a line: its pseudonym, what it is, when it was last there, and by what it was found. */
export function PersonLine({ person }: { person: PersonFound }) {
  const { pseudonym, kind, lastSeenAt, conversations, matched } = person;
  return (
    <>
      <code className="font-mono text-xs">{pseudonym}</code>
      <span className="block text-muted text-xs">
        {kind === "guest" ? "Guest" : "Account"} · {conversations}{" "}
        {conversations === 1 ? "conversation" : "conversations"} · last here{" "}
        <Time at={lastSeenAt} show="date" /> · same {matched.map((each) => by[each]).join(", ")}
      </span>
    </>
  );
}
