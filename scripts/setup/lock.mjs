/**
 * npm leaves a platform package out of package-lock.json when the registry it asks does not have it at that moment,
 * and `npm ci` then refuses the lock on every machine. Such packages are pinned to one exact version by the package
 * that wants them and named after their platform, so the entry can be written without asking.
 */
const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** The optional packages that a lock's packages want and the lock does not hold: `{wantedBy, name, version}`. */
export function findGaps(packages) {
  return Object.entries(packages).flatMap(([wantedBy, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isHeld(packages, wantedBy, name))
      .map(([name, version]) => ({ wantedBy, name, version })),
  );
}

/** As Node looks for it: beside the package that wants it, then further and further out. */
function isHeld(packages, wantedBy, name) {
  const inside = wantedBy ? `${wantedBy}/node_modules/${name}` : `node_modules/${name}`;
  const outside = wantedBy.slice(0, Math.max(0, wantedBy.lastIndexOf("/node_modules/")));
  return inside in packages || (wantedBy !== "" && isHeld(packages, outside, name));
}

const found = (words, list) => list.filter((one) => words.includes(one));

function entryFor({ wantedBy, name, version }, packages) {
  const words = name.split(/[-/]/);
  const libc = words.some((word) => /^musl/.test(word)) ? ["musl"] : ["glibc"];
  const os = found(words, systems);
  return {
    version,
    cpu: found(words, processors),
    ...(packages[wantedBy].dev ? { dev: true } : {}),
    ...(os[0] === "linux" ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

/** Writes the missing entries into a lock's packages, in npm's order. */
export function completeLock(lock) {
  const { packages } = lock;
  for (const gap of findGaps(packages)) {
    if (!/^\d+\.\d+\.\d+/.test(gap.version)) {
      throw new Error(
        `${gap.wantedBy} wants ${gap.name}@${gap.version}: write that entry by hand.`,
      );
    }
    packages[`node_modules/${gap.name}`] = entryFor(gap, packages);
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(sorted) };
}
