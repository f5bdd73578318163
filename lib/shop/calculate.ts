/** A number as a fraction, so that no step rounds: 0.1 is 1/10. */
type Fraction = { over: bigint; under: bigint };

const CHARACTERS = /^[0-9+\-*/(). ]*$/;
const TOKEN = /\s*(\d+\.?\d*|\.\d+|[-+*/()])/y;
const LENGTH_MAX = 400;

/**
 * Works out sums of money: + - * /, brackets and decimals, exactly, and rounded once at the end to two decimals (a half to
 * the even one). Anything else is a sentence that begins with "Error:". The answer is a decimal number: "8276.23".
 */
export function calculate(expression: string): string {
  if (!CHARACTERS.test(expression)) {
    return "Error: invalid characters in expression";
  }
  if (expression.length > LENGTH_MAX) {
    return "Error: the expression is too long";
  }
  try {
    const rest = new Tokens(expression);
    const value = sum(rest);
    if (rest.next !== null) {
      throw new SyntaxError();
    }
    return rounded(value);
  } catch (error) {
    return error instanceof RangeError ? "Error: division by zero" : "Error: invalid syntax";
  }
}

class Tokens {
  readonly #tokens: string[];
  #at = 0;

  constructor(expression: string) {
    const text = expression.trimEnd();
    this.#tokens = [];
    TOKEN.lastIndex = 0;
    for (let end = 0; end < text.length; end = TOKEN.lastIndex) {
      const [, token] = TOKEN.exec(text) ?? [];
      if (token === undefined) {
        throw new SyntaxError();
      }
      this.#tokens.push(token);
    }
  }

  get next(): string | null {
    return this.#tokens[this.#at] ?? null;
  }

  take(): string {
    const token = this.next;
    if (token === null) {
      throw new SyntaxError();
    }
    this.#at += 1;
    return token;
  }
}

function sum(tokens: Tokens): Fraction {
  let value = product(tokens);
  while (tokens.next === "+" || tokens.next === "-") {
    const sign = tokens.take() === "-" ? -1n : 1n;
    const { over, under } = product(tokens);
    value = { over: value.over * under + sign * over * value.under, under: value.under * under };
  }
  return value;
}

function product(tokens: Tokens): Fraction {
  let value = factor(tokens);
  while (tokens.next === "*" || tokens.next === "/") {
    const divides = tokens.take() === "/";
    const { over, under } = factor(tokens);
    if (divides && over === 0n) {
      throw new RangeError();
    }
    value = divides
      ? { over: value.over * under, under: value.under * over }
      : { over: value.over * over, under: value.under * under };
  }
  return value;
}

function factor(tokens: Tokens): Fraction {
  const token = tokens.take();
  if (token === "-" || token === "+") {
    const { over, under } = factor(tokens);
    return { over: token === "-" ? -over : over, under };
  }
  if (token === "(") {
    const value = sum(tokens);
    if (tokens.take() !== ")") {
      throw new SyntaxError();
    }
    return value;
  }
  return decimal(token);
}

function decimal(token: string): Fraction {
  const [whole = "", part = ""] = token.split(".");
  if (!/\d/.test(token)) {
    throw new SyntaxError();
  }
  return { over: BigInt(whole + part), under: 10n ** BigInt(part.length) };
}

/** Two decimals at most and one at least, a half to the even one: "41.92", "2.0". */
function rounded({ over, under }: Fraction): string {
  const isNegative = over < 0n !== under < 0n && over !== 0n;
  const [top, bottom] = [magnitude(over) * 100n, magnitude(under)];
  const [floor, twice] = [top / bottom, (top % bottom) * 2n];
  const isUp = twice > bottom || (twice === bottom && floor % 2n === 1n);
  const cents = floor + (isUp ? 1n : 0n);
  const digits = cents.toString().padStart(3, "0");
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/0$/, "");
  return isNegative && cents !== 0n ? `-${text}` : text;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
