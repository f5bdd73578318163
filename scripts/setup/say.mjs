/** A failure that says for itself what happened (and a program's own last words): shown without a stack. */
export class Sorry extends Error {}

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

const clear = process.stdout.isTTY ? "\r\u001b[2K" : "";

/** Shows that a step is under way: a running clock on a terminal, one line in a log once it takes a while. */
function showProgress(title, began) {
  const time = () => seconds(performance.now() - began).padStart(7);
  if (process.stdout.isTTY) {
    const draw = () => process.stdout.write(dim(`${clear}  … ${title.padEnd(22)} ${time()}`));
    draw();
    return setInterval(draw, 200);
  }
  return setTimeout(() => console.log(`  … ${title}`), 3000);
}

/** Runs one step and says how long it took. `note` adds a few words to the step's line. */
export async function step(title, work) {
  const began = performance.now();
  const progress = showProgress(title, began);
  let words = "";
  const say = (sign) => {
    clearInterval(progress);
    const time = seconds(performance.now() - began).padStart(7);
    console.log(`${clear}  ${sign} ${title.padEnd(22)} ${dim(time)}  ${dim(words)}`);
  };
  try {
    const answer = await work((note) => {
      words = note;
    });
    say(green("✓"));
    return answer;
  } catch (error) {
    say(red("✗"));
    throw error;
  }
}

const isFull = (error) =>
  error?.code === "ENOSPC" || /ENOSPC|No space left on device/i.test(String(error?.message));

/** What is shown for a failure: the sentence where there is one, else everything that is known. */
export function explain(error) {
  if (isFull(error)) {
    return "The disk is full. Recollect needs about 2 GB for its dependencies, build and data: free some space and run the same command again.";
  }
  if (error instanceof Sorry) {
    return error.message;
  }
  if (error?.code === "EACCES" || error?.code === "EPERM") {
    return `${error.path ?? "A file"} belongs to another user (was Recollect started as root before?). Run the command as that user, or give the file to this one: chown -R "$USER" on the clone.`;
  }
  return error?.stack ?? String(error);
}
