/** Cuts a stream of server-sent text into the data of its events, wherever the network cut it. */
export function splitEvents(): (chunk: Uint8Array) => string[] {
  const decoder = new TextDecoder();
  let rest = "";
  return (chunk) => {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const lines = block.split("\n").filter((line) => line.startsWith("data:"));
      return lines.length > 0 ? [lines.map((line) => line.slice(5).trimStart()).join("\n")] : [];
    });
  };
}
