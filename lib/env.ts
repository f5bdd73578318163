import { z } from "zod";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const secret = z.string().min(32);
const RedisUrl = z.url({ protocol: /^rediss?$/ });

/** One variable a line: what it must look like, and what is said when it does not. Documented in README's table. */
const Env = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_MAX: z.coerce.number().int().positive().default(10),
  /** One server; or nodes of a cluster, separated by commas. */
  REDIS_URL: z
    .string()
    .refine(
      (given) => given.split(",").every((url) => RedisUrl.safeParse(url.trim()).success),
      "must be redis://host:port, or several of them separated by commas",
    ),
  /** Says that a single REDIS_URL names a cluster. */
  REDIS_CLUSTER: flag,
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How many proxies stand in front; only that many X-Forwarded-For entries are believed. */
  TRUSTED_PROXY: z.coerce.number().int().min(0).default(0),
  SEED: z.enum(["demo", "none"]).default("demo"),
  WORKER: z.enum(["inline", "separate"]).default("inline"),
  DATA_DIR: z.string().default(".data"),
  /** Where the build lies. Its id tells apart processes that serve different builds. */
  NEXT_DIST_DIR: z.string().default(".next"),
  SESSION_SECRET: secret,
  PEPPER_INDEX: secret,
  PEPPER_SEARCH: secret,
  PEPPER_PSEUDONYM: secret,
  /** A JSON file `{"current": "<id>", "keys": {"<id>": "<base64 of 32 bytes>"}}`; or the same JSON in KEYRING. */
  KEYRING_FILE: z.string().optional(),
  KEYRING: z.string().optional(),
  /** Signing key, erasure ledger and backup keys: beside KEYRING_FILE unless this says otherwise, else in DATA_DIR/keys. */
  KEYS_DIR: z.string().optional(),
  /** The newest copy of all wrapped keys, kept apart from backups: `key-snapshot` beside the keys unless this says otherwise. */
  KEY_SNAPSHOT_DIR: z.string().optional(),
  BACKUP_DIR: z.string().default("backups"),
  /** Folders on this machine with the files and logs of PostgreSQL and Redis, which erasures search; several joined as in PATH. */
  SERVER_FILES: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  OPENAI_MODEL: z.string().default("gpt-4.1-mini"),
  OPENAI_TEMPERATURE: z.coerce.number().min(0).max(2).default(0.7),
  SUMMARY_MODEL: z.string().optional(),
  /** The endpoint that answers while the first does not; with a key of its own, also at the same provider. */
  SECOND_OPENAI_API_KEY: z.string().optional(),
  SECOND_OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECOND_OPENAI_MODEL: z.string().default("gpt-4.1-mini"),
  /** The operator's mail server: smtp://user:password@host:587, or smtps:// where it speaks TLS from the first byte. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().optional(),
  /** What a million tokens cost, in any currency; 0 where that is not to be counted. */
  MODEL_PRICE_INPUT: z.coerce.number().nonnegative().default(0),
  MODEL_PRICE_OUTPUT: z.coerce.number().nonnegative().default(0),
  /** Above these the models are not asked, and the offline model answers. Money in the currency of the prices; unset is no limit. */
  LIMIT_TOKENS_TURN: z.coerce.number().int().positive().default(60_000),
  LIMIT_TOKENS_CONVERSATION: z.coerce.number().int().positive().default(500_000),
  LIMIT_TOKENS_CUSTOMER_DAY: z.coerce.number().int().positive().default(500_000),
  LIMIT_TOKENS_SITE_DAY: z.coerce.number().int().positive().default(50_000_000),
  LIMIT_COST_TURN: z.coerce.number().positive().optional(),
  LIMIT_COST_CONVERSATION: z.coerce.number().positive().optional(),
  LIMIT_COST_CUSTOMER_DAY: z.coerce.number().positive().optional(),
  LIMIT_COST_SITE_DAY: z.coerce.number().positive().optional(),
  /** An endpoint with OpenAI's POST /embeddings, asked beside ranked search; off while EMBEDDINGS_MODEL is not set. */
  EMBEDDINGS_MODEL: z.string().optional(),
  EMBEDDINGS_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  EMBEDDINGS_API_KEY: z.string().optional(),
  /** Programs that admins may connect as MCP servers, by comma. None: only addresses can be connected. */
  CONNECTOR_COMMANDS: z
    .string()
    .default("")
    .transform((words) =>
      words
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  MEMORY_STRATEGY: z
    .enum(["buffer", "buffer_window", "summary", "summary_buffer", "kg"])
    .default("summary_buffer"),
  MEMORY_WINDOW_TURNS: z.coerce.number().int().nonnegative().default(5),
  MEMORY_MAX_TOKENS: z.coerce.number().int().positive().default(500),
  MEMORY_LOW_WATER: z.coerce.number().gt(0).max(1).default(0.5),
  MEMORY_TTL_HOURS: z.coerce.number().positive().default(24),
  MEMORY_LRU_MAX: z.coerce.number().int().positive().default(100),
  MEMORY_LRU_SECONDS: z.coerce.number().int().positive().default(3600),
  /** The prompt's part of memory is never larger than this many times MEMORY_MAX_TOKENS. */
  MEMORY_HARD_LIMIT: z.coerce.number().min(1).default(2),
  MEMORY_SUMMARY_TOKENS: z.coerce.number().int().min(16).default(250),
  MEMORY_OPTIMIZER_TOKENS: z.coerce.number().int().positive().default(2000),
  /** A fold starts above this many tokens or messages even when MEMORY_MAX_TOKENS is higher. */
  MEMORY_FOLD_TOKENS: z.coerce.number().int().positive().default(1000),
  MEMORY_FOLD_MESSAGES: z.coerce.number().int().positive().default(20),
  MEMORY_SUMMARISER_SECONDS: z.coerce.number().positive().default(30),
  MEMORY_LEDGER_MAX: z.coerce.number().int().nonnegative().default(40),
  /** Whether turns that were folded away come back when a question touches them. */
  MEMORY_RECALL: z
    .enum(["0", "1"])
    .default("1")
    .transform((value) => value === "1"),
  /** Whether recalled turns are put in order by meaning too: their placeholder form goes to the embeddings endpoint. */
  MEMORY_RERANK: flag,
  /** What recall may take of a prompt, inside the hard limit. */
  MEMORY_RECALL_TOKENS: z.coerce.number().int().positive().default(1500),
  /** What a match in the assistant's words counts, against 1 in the customer's. */
  MEMORY_RECALL_ASSISTANT: z.coerce.number().min(0).max(10).default(1),
  /** Messages that one process keeps indexed for recall, over all conversations. */
  MEMORY_RECALL_MESSAGES: z.coerce.number().int().positive().default(100_000),
  /** How long a turn waits for an index that is not there yet; then it goes on without recall. */
  MEMORY_RECALL_WAIT_MS: z.coerce.number().int().nonnegative().default(250),
  /** How often each backend of the memory is written to, read and deleted from, to know that it works. */
  MEMORY_HEALTH_SECONDS: z.coerce.number().positive().max(86_400).default(60),
  /** How often a process reports on its memory, into its log and DATA_DIR/reports. */
  MEMORY_REPORT_MINUTES: z.coerce.number().positive().max(1_440).default(30),
  /** Lets a collector read /api/metrics: `Authorization: Bearer <it>`. Without it only a signed-in admin may. */
  METRICS_TOKEN: secret.optional(),
  /** What facts of other conversations may take of a prompt, within the hard limit. */
  MEMORY_FACT_TOKENS: z.coerce.number().int().nonnegative().default(200),
  MEMORY_FACT_CONFIDENCE: z.coerce.number().min(0).max(1).default(0.5),
  MEMORY_FACTS_MAX: z.coerce.number().int().positive().default(500),
  MEMORY_FACT_MATTER_DAYS: z.coerce.number().positive().default(30),
  MEMORY_DEBUG: flag,
});

export type Env = z.output<typeof Env>;

/** A mail needs somebody who sends it, and a link in it an address that the reader can reach. */
const Complete = Env.superRefine((given, context) => {
  if (given.MEMORY_RERANK && !given.EMBEDDINGS_MODEL) {
    context.addIssue({
      code: "custom",
      path: ["EMBEDDINGS_MODEL"],
      message: "is needed where MEMORY_RERANK is set",
    });
  }
  for (const name of ["MAIL_FROM", "PUBLIC_URL"] as const) {
    if (given.SMTP_URL && !given[name]) {
      context.addIssue({
        code: "custom",
        path: [name],
        message: "is needed where SMTP_URL is set",
      });
    }
  }
});

/** Reads the environment, or throws one error that names every wrong variable and how to set it. */
export function readEnv(source: Record<string, string | undefined>): Env {
  // An empty string in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Complete.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(
      `The environment is not complete:\n${lines.join("\n")}\nSet these variables (README, "Configuration"), or run npm start, which writes them.`,
    );
  }
  return parsed.data;
}

/** The only reading of process.env. next.config.js loads it, so a bad value stops the boot and not the first customer. */
export const env: Env = readEnv(process.env);

/**
 * Tells next-auth, which reads its own variables, where this site is: PUBLIC_URL, or whatever host the browser asked
 * for, so that localhost and 127.0.0.1 work alike without any setting.
 */
export function trustOrigin(): void {
  if (env.PUBLIC_URL) {
    process.env["NEXTAUTH_URL"] = new URL(env.PUBLIC_URL).origin;
  } else {
    delete process.env["NEXTAUTH_URL"];
    process.env["AUTH_TRUST_HOST"] = "1";
  }
}

// LangChain sends every prompt to its maker when one of these is set. Nothing of a conversation may leave this way.
for (const name of [
  "LANGSMITH_TRACING",
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_TRACING_V2",
]) {
  delete process.env[name];
}
// Else LangChain hands chunks on behind the model's back, and the last ones of a fast answer come after its end.
process.env["LANGCHAIN_CALLBACKS_BACKGROUND"] = "false";

// LangChain calls its handlers, among them the one that streams, from one queue for the whole process, which falls behind
// where hundreds of answers come at once: their last words then came after the end, or never. Waited for, none queues.
process.env["LANGCHAIN_CALLBACKS_BACKGROUND"] = "false";
