/** The workers of the integration tests, as Vitest numbers them. */
export const WORKERS = [1, 2] as const;

/** A worker's own database beside the given one. */
export function urlOfWorker(home: string, worker: number): URL {
  const url = new URL(home);
  url.pathname = `${url.pathname}_w${worker}`;
  return url;
}

/** A worker's own folder: the audit chain's checkpoints belong to one database. */
export function folderOfWorker(home: string, worker: number): string {
  return `${home}/integration-w${worker}`;
}
