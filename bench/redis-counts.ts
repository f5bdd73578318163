import { createConnection } from "node:net";

/** What a Redis has done since it started: commands run and bytes in and out. This reading is part of the next one. */
export async function redisCounts(url: URL): Promise<{ commands: number; bytes: number }> {
  const info = await readInfo(url);
  const of = (name: string) =>
    Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? Number.NaN);
  return {
    commands: of("total_commands_processed"),
    bytes: of("total_net_input_bytes") + of("total_net_output_bytes"),
  };
}

function readInfo({ hostname, port }: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: hostname, port: Number(port) });
    let answer = "";
    socket.setTimeout(5000, () => socket.destroy(new Error("Redis did not answer INFO.")));
    socket.once("error", reject);
    socket.once("connect", () => socket.write("INFO stats\r\nQUIT\r\n"));
    socket.on("data", (piece) => {
      answer += piece.toString();
    });
    socket.once("end", () => resolve(answer));
  });
}
