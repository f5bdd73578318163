import { appendAudit, RotationRefused, rotateKeys } from "@/lib/privacy";

/** `npm run keys:rotate`: a new key-encryption key for everything that is stored, while the product runs. */
const began = performance.now();
try {
  const { kekId, destroyed, rewrapped, late, resumed } = await rotateKeys({
    progress: (count) => console.log(`  … ${count} keys wrapped anew`),
  });
  await appendAudit();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`
  ${resumed ? "A rotation that had been stopped was ended." : "The keys were rotated."}
  ${rewrapped + late} keys lie under ${kekId} now (${late} of them were made meanwhile); ${destroyed.join(", ")} is destroyed. ${seconds} s
  The keyring's file was replaced and what it held was overwritten. A file system that copies on write, a snapshot of
  the disk, or a copy of the file elsewhere may still hold the old key: replace those copies now, and take the new
  keyring and the new key snapshot elsewhere together.`);
  process.exit(0);
} catch (error) {
  console.error(error instanceof RotationRefused ? error.message : error);
  process.exit(1);
}
