import { node24, tsx } from "./node24.mjs";
import { root } from "./place.mjs";
import { finish } from "./processes.mjs";

/**
 * Seeds what is not there yet; the product's own seed decides. It prints `sign-in: <role> <email> <password>` for
 * each demo account, and `first-admin-link: <url>` where there is no admin yet.
 */
export async function seed(environment) {
  const said = await finish("The seed", node24(), tsx("scripts/seed.ts"), {
    cwd: root,
    env: environment,
  });
  const lines = said.split("\n");
  const after = (prefix) =>
    lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length).trim());
  return {
    signIns: after("sign-in:").map((line) => {
      const [role, email, password] = line.split(/\s+/);
      return { role, email, password };
    }),
    firstAdminLink: after("first-admin-link:")[0] ?? null,
  };
}
