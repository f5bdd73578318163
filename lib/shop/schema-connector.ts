import { z } from "zod";

export const ConnectorKind = z.enum(["mcp_http", "mcp_command"]);
export type ConnectorKind = z.infer<typeof ConnectorKind>;

export const connectorKindLabels: Record<ConnectorKind, string> = {
  mcp_http: "MCP server at an address (streamable HTTP)",
  mcp_command: "MCP server as a program on this machine (stdio)",
};

/** Why a connected system gave nothing, in words that a model can pass on. */
export const connectorFaults = {
  unreachable: "The connected system cannot be reached.",
  slow: "The connected system did not answer in time.",
  nonsense: "The connected system answered something that cannot be read.",
  oversized: "The connected system answered more than can be read.",
  forbidden_address: "This address may not be connected.",
  refused: "The connected system refused.",
} as const;
export type ConnectorFaultCode = keyof typeof connectorFaults;

export const ConnectorTool = z.object({
  name: z.string().min(1).max(60),
  description: z.string().max(2_000),
  /** JSON Schema of the arguments, as the system gives it. */
  schema: z.record(z.string(), z.unknown()),
  /** Whether the agent may use it. */
  allowed: z.boolean(),
  /** Whether it changes something: then the customer is asked first. */
  effect: z.boolean(),
});
export type ConnectorTool = z.infer<typeof ConnectorTool>;

export const ConnectorState = z.enum([
  "untested",
  "up",
  "unreachable",
  "slow",
  "nonsense",
  "oversized",
  "forbidden_address",
  "refused",
]);
export type ConnectorState = z.infer<typeof ConnectorState>;

/** A connector as an admin sees it: whether there is a secret, and never the secret. */
export type ConnectorView = {
  id: string;
  name: string;
  kind: ConnectorKind;
  address: string;
  callerArgument: string | null;
  hasSecret: boolean;
  tools: ConnectorTool[];
  state: ConnectorState;
  /** ISO 8601, or null before the first test. */
  testedAt: string | null;
};

export const NewConnector = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{1,19}$/),
  kind: ConnectorKind,
  address: z.string().trim().min(1).max(500),
  secret: z.string().max(4_000).default(""),
  callerArgument: z
    .string()
    .trim()
    .regex(/^\w{0,60}$/)
    .default(""),
});
export type NewConnector = z.infer<typeof NewConnector>;
