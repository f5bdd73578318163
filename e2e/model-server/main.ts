import { startModelServer } from ".";

/** `tsx e2e/model-server/main.ts PORT`: the endpoint as a process of its own. */
const server = await startModelServer(Number(process.argv[2] ?? 0));
process.stdout.write(`${server.url}\n`);
