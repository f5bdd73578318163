import "./setup/need-node.mjs";
import { build } from "./setup/build.mjs";
import { givenEnvironment, placeholders } from "./setup/environment.mjs";
import { generateClient } from "./setup/generate.mjs";
import { main } from "./setup/main.mjs";
import { place } from "./setup/place.mjs";
import { step } from "./setup/say.mjs";

/** Builds without servers and without secrets, for an image: nothing of what stands in for them goes into the build. */
await main(async () => {
  await step("Database client", generateClient);
  await step("Build", () => build(place("demo"), { ...placeholders, ...givenEnvironment() }));
});
