import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";
import { addPerson, listStaff, resetPassword } from "@/lib/auth";
import { Email, NewPassword, PersonName, Role } from "@/lib/auth/schema";
import { Refusal } from "@/lib/errors";

const USAGE = `npm run user -- add EMAIL --role lead|admin|customer [--name NAME] [--password-stdin]
npm run user -- password EMAIL [--password-stdin]
npm run user -- list

Without --password-stdin a password is made and shown once.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    role: { type: "string" },
    name: { type: "string" },
    "password-stdin": { type: "boolean", default: false },
  },
});
const [command, email] = positionals;

/** What was typed, or a made-up one that is shown once. */
async function choosePassword(): Promise<{ password: string; said: string }> {
  if (values["password-stdin"]) {
    return { password: NewPassword.parse((await text(process.stdin)).trimEnd()), said: "" };
  }
  const password = randomBytes(12).toString("base64url");
  return { password, said: `\nPassword, shown once: ${password}\nChange it under /account.` };
}

async function add(): Promise<string> {
  const address = Email.parse(email);
  const role = z.enum([...Role.options, "customer"]).parse(values.role);
  const name = PersonName.parse(values.name ?? address.split("@")[0]);
  const { password, said } = await choosePassword();
  await addPerson({ email: address, name, role, password });
  return `${address} can sign in as ${role}.${said}`;
}

async function reset(): Promise<string> {
  const address = Email.parse(email);
  const { password, said } = await choosePassword();
  await resetPassword(address, password);
  return `${address} has a new password, and every old session is over.${said}`;
}

async function list(): Promise<string> {
  const people = await listStaff();
  return people
    .map(({ email: address, role, state, name }) => [address, role, state, name].join("\t"))
    .join("\n");
}

const commands: Record<string, () => Promise<string>> = { add, password: reset, list };

function explain(error: unknown): string {
  if (error instanceof z.ZodError) {
    return `${error.issues.map(({ message }) => message).join("\n")}\n\n${USAGE}`;
  }
  return error instanceof Refusal ? error.message : String(error);
}

try {
  console.log((await commands[command ?? ""]?.()) ?? USAGE);
  process.exit(0);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
