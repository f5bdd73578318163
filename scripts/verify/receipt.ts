import { createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkReceipt, describeKeysFolder, explainReceipt } from "@/lib/privacy";

const USAGE = `npm run receipt:verify -- FILE [--key PEM]    FILE: a receipt as downloaded; PEM: the installation's public key
npm run receipt:verify -- --print-key         this installation's public key, for whoever wants to check elsewhere`;

/** Checks a receipt offline. Ends with 0 when all of it holds, with 1 when not, with 2 when it could not be checked. */
class Unchecked extends Error {}

try {
  const { file, key, printKey } = readWords();
  const pem = readKey(key);
  if (printKey) {
    console.log(createPublicKey(pem).export({ type: "spki", format: "pem" }).toString().trimEnd());
    process.exit(0);
  }
  const verdict = checkReceipt(read(file), pem);
  console.log(explainReceipt(verdict));
  process.exit(verdict.ok ? 0 : 1);
} catch (error) {
  console.error(error instanceof Unchecked ? error.message : error);
  process.exit(2);
}

function readWords() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { key: { type: "string" }, "print-key": { type: "boolean", default: false } },
    });
    const [file = ""] = positionals;
    if (!file && !values["print-key"]) {
      throw new Error("Name the receipt's file.");
    }
    return { file, key: values.key, printKey: values["print-key"] };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : "";
    throw new Unchecked(`${said}\n\n${USAGE}`, { cause });
  }
}

/** Never made here: a new key would have signed nothing. */
function readKey(given: string | undefined): string {
  const file = given ?? join(describeKeysFolder().KEYS_DIR, "signing-key.pem");
  if (!existsSync(file)) {
    throw new Unchecked(
      given
        ? `There is no file ${given}.`
        : "This installation has no signing key. Name the public key of the installation that signed the receipt: --key FILE. Its operator prints it with npm run receipt:verify -- --print-key.",
    );
  }
  return read(file);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Unchecked(`${file} cannot be read.`, { cause });
  }
}
