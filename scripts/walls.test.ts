import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

/** A guard that is never tested is a decoration: every violation is planted in a copy of the house and must be named. */
const violations: { file: string; code: string; says: string }[] = [
  {
    file: "lib/agent/a1.ts",
    code: 'import { C } from "@/components/chat/composer";\nexport const x = C;\n',
    says: "lib never looks up",
  },
  {
    file: "lib/agent/a2.ts",
    code: 'import type { X } from "@/app/layout";\nexport type Y = X;\n',
    says: "lib never looks up",
  },
  {
    file: "lib/agent/a3.ts",
    code: 'import { read } from "@/lib/memory/store";\nexport const x = read;\n',
    says: "Enter a room by its door",
  },
  {
    file: "lib/agent/a4.ts",
    code: 'import { read } from "../memory/store";\nexport const x = read;\n',
    says: "Enter a room by its door",
  },
  {
    file: "lib/agent/a5.ts",
    code: 'import { db } from "@/lib/storage";\nexport const x = db;\n',
    says: "Only a room's store.ts",
  },
  {
    file: "lib/agent/a6.ts",
    code: 'import { Redis } from "ioredis";\nexport const x = Redis;\n',
    says: "one home: lib/storage",
  },
  {
    file: "lib/agent/a7.ts",
    code: 'import pg from "pg";\nexport const x = pg;\n',
    says: "one home: lib/storage",
  },
  {
    file: "lib/agent/a8.ts",
    code: 'import { PgBoss } from "pg-boss";\nexport const x = PgBoss;\n',
    says: "one home: lib/job",
  },
  {
    file: "lib/conversation/c5.ts",
    code: 'import { createTransport } from "nodemailer";\nexport const x = createTransport;\n',
    says: "one home: lib/mail",
  },
  { file: "lib/agent/a9.ts", code: "export const x = process.env.SECRET;\n", says: "noProcessEnv" },
  {
    file: "lib/agent/b1.ts",
    code: "async function f() { await Promise.resolve(1); }\nexport function g() { f(); }\n",
    says: "noFloatingPromises",
  },
  {
    file: "lib/agent/b2.ts",
    code: 'export function f() { try { JSON.parse("x"); } catch (error) { throw new Error("bad"); } }\n',
    says: "useErrorCause",
  },
  { file: "lib/agent/b3.ts", code: "export const x: any = 1;\n", says: "noExplicitAny" },
  {
    file: "lib/agent/b4.ts",
    code: 'export function f() { console.log("x"); }\n',
    says: "noConsole",
  },
  {
    file: "lib/conversation/c1.ts",
    code: 'import { tool } from "langchain";\nexport const x = tool;\n',
    says: "two homes: lib/agent",
  },
  {
    file: "lib/conversation/c2.ts",
    code: 'import { BaseMemory } from "@langchain/core/memory";\nexport const x = BaseMemory;\n',
    says: "two homes: lib/agent",
  },
  {
    file: "lib/conversation/store-c3.ts",
    code: 'import NextAuth from "next-auth";\nexport const x = NextAuth;\n',
    says: "one home: lib/auth",
  },
  {
    file: "lib/conversation/store-c4.ts",
    code: 'import { PrismaClient } from "@/lib/storage/generated/client";\nexport const x = PrismaClient;\n',
    says: "one home: lib/storage",
  },
  {
    file: "lib/storage/d1.ts",
    code: 'import { answer } from "@/lib/agent";\nexport const x = answer;\n',
    says: "knows no room above",
  },
  {
    file: "lib/observability/d2.ts",
    code: 'import { redact } from "@/lib/privacy";\nexport const x = redact;\n',
    says: "knows no room above",
  },
  {
    file: "components/chat/e1.tsx",
    code: 'import type { Message } from "@prisma/client";\nexport type X = Message;\n',
    says: "one home: lib/storage",
  },
  {
    file: "components/chat/e2.tsx",
    code: 'import { sendMessage } from "@/app/(chat)/actions";\nexport const x = sendMessage;\n',
    says: "actions come down as props",
  },
  {
    file: "components/chat/e3.tsx",
    code: 'import { recall } from "@/lib/memory";\nexport const x = recall;\n',
    says: "imports shapes only",
  },
  {
    file: "components/chat/Weird.tsx",
    code: "export function Weird() { return null; }\n",
    says: "kebab-case",
  },
  {
    file: "components/ui/f1.tsx",
    code: 'import type { Result } from "@/lib/result";\nexport type X = Result<string>;\n',
    says: "knows nothing of the product",
  },
  {
    file: "app/g1/page.tsx",
    code: 'import { db } from "@/lib/storage";\nexport default function P() { return <p>{String(db)}</p>; }\n',
    says: "store.ts asks storage",
  },
  {
    file: "app/g2/page.tsx",
    code: 'export default function P() { async function go() { "use server"; await Promise.resolve(1); }\n return <form action={go} />; }\n',
    says: "nowhere else",
  },
  {
    file: "app/h1/actions.ts",
    code: '"use server";\nexport async function go(id: string) { return await Promise.resolve(id); }\n',
    says: "as defineAction",
  },
  {
    file: "app/h2/actions.ts",
    code: '"use server";\nexport async function go() { return await Promise.resolve(1); }\n',
    says: "as defineAction",
  },
  {
    file: "app/h3/actions.ts",
    code: '"use server";\nexport const go = async (id: string) => await Promise.resolve(id);\n',
    says: "as defineAction",
  },
  {
    file: "app/h4/actions.ts",
    code: '"use server";\nasync function go(id: string) { return await Promise.resolve(id); }\nexport { go };\n',
    says: "as defineAction",
  },
  {
    file: "app/h5/actions.ts",
    code: '"use server";\nexport default async function go(a: string) { return await Promise.resolve(a); }\n',
    says: "noDefaultExport",
  },
];

const lawful: { file: string; code: string }[] = [
  {
    file: "components/chat/k1.tsx",
    code: 'import type { MessageView } from "@/lib/conversation/schema";\nexport type X = MessageView;\n',
  },
  { file: "lib/agent/k2.ts", code: 'import { tool } from "langchain";\nexport const x = tool;\n' },
  {
    file: "lib/agent/k3.ts",
    code: 'import type { Tx } from "@/lib/storage/schema";\nexport type X = Tx;\n',
  },
  {
    file: "lib/mail/k4.ts",
    code: 'import { createTransport } from "nodemailer";\nexport const x = createTransport;\n',
  },
  {
    file: "lib/customer/store.ts",
    code: 'import { db } from "@/lib/storage";\nexport const x = db;\n',
  },
];

const root = process.cwd();
const house = mkdtempSync(path.join(tmpdir(), "recollect-walls-"));
let said = new Map<string, string[]>();

beforeAll(async () => {
  for (const each of ["biome.json", ".biome", "package.json", "tsconfig.json"]) {
    cpSync(path.join(root, each), path.join(house, each), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(house, "node_modules"));
  for (const { file, code } of [...violations, ...lawful]) {
    mkdirSync(path.join(house, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(house, file), code);
  }
  said = await lint();
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

test.each(violations)("$file is named for: $says", ({ file, says }) => {
  expect(said.get(file)?.join("\n") ?? "nothing").toContain(says);
});

test.each(lawful)("$file is let through every wall", ({ file }) => {
  expect((said.get(file) ?? []).filter((line) => line.startsWith("plugin"))).toEqual([]);
});

type Diagnostic = { category: string; message: string; location: { path: string } };

async function lint(): Promise<Map<string, string[]>> {
  const { stdout } = await promisify(execFile)(
    path.join(root, "node_modules/.bin/biome"),
    ["lint", "--reporter=json", "--max-diagnostics=none", "."],
    { cwd: house, maxBuffer: 32e6 },
  ).catch((error: { stdout: string }) => error);
  const found = new Map<string, string[]>();
  for (const each of (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics) {
    const file = each.location.path;
    found.set(file, [...(found.get(file) ?? []), `${each.category}: ${each.message}`]);
  }
  return found;
}
