/**
 * Calls `late` after `ms`, unless called off before. What had come in by then is heard first: in a process that is busy
 * itself a timer ends before the sockets are read, and the other side would be blamed for our own delay.
 */
export function callWhenLate(ms: number, late: () => void): () => void {
  let heard: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    heard = setImmediate(late);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(heard);
  };
}
