// Imported first by every command, and written so that even an old Node can read it.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    `Recollect needs Node 20.9 or newer to start; this is Node ${process.versions.node}.\n` +
      "Install a newer Node (https://nodejs.org) and run the same command again.",
  );
  process.exit(1);
}
