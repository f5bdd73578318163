import { createConnection } from "node:net";

const FORGET =
  "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 1";

// Each value flattened to text, whatever its type.
const READ_ALL = `
  local function flat(value, out)
    if type(value) == 'table' then for _, each in ipairs(value) do flat(each, out) end
    else out[#out + 1] = tostring(value) end
  end
  local read = { string = {'GET'}, hash = {'HGETALL'}, set = {'SMEMBERS'}, list = {'LRANGE', 0, -1},
    zset = {'ZRANGE', 0, -1}, stream = {'XRANGE', '-', '+'} }
  local out = {}
  for _, key in ipairs(redis.call('KEYS', '*')) do
    out[#out + 1] = key
    local command = read[redis.call('TYPE', key)['ok']]
    if command then flat(redis.call(command[1], key, unpack(command, 2)), out) end
  end
  return table.concat(out, ' ')`;

/** Has the run's Redis lose all that it holds of a conversation, as a flush does, but of nobody else's. */
export async function flushConversation(conversationId: string): Promise<void> {
  await run(["EVAL", FORGET, "0", `*${conversationId}*`], (said) => said.includes(":1\r\n"));
}

/** All keys and values of the run's Redis, as one text of bytes. */
export async function everythingInRedis(): Promise<string> {
  return await run(["EVAL", READ_ALL, "0"], (said) => {
    const head = /\$(\d+)\r\n/.exec(said);
    return head !== null && said.length >= head.index + head[0].length + Number(head[1]) + 2;
  });
}

/** Sends one command behind what opens the connection, and answers what Redis said once that is all. */
async function run(command: string[], isAll: (said: string) => boolean): Promise<string> {
  const url = new URL(process.env["REDIS_URL"] ?? "");
  const commands = [
    ...(url.password ? [["AUTH", decodeURIComponent(url.password)]] : []),
    ["SELECT", url.pathname.slice(1) || "0"],
    command,
  ];
  return await new Promise<string>((resolve, reject) => {
    const socket = createConnection(Number(url.port || 6379), url.hostname);
    let said = "";
    socket.setEncoding("latin1");
    socket.once("error", reject);
    socket.on("data", (chunk: string) => {
      said += chunk;
      if (/^-/.test(said) || /^\+OK\r\n-/.test(said)) {
        socket.destroy();
        reject(new Error(said.slice(0, 500)));
      } else if (isAll(said)) {
        socket.end();
        resolve(said);
      }
    });
    socket.write(commands.map(encode).join(""));
  });
}

/** A command as Redis reads it. */
function encode(words: string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join("")}`;
}
