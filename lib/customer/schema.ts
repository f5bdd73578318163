export type CustomerKind = "guest" | "registered";
export type CustomerState = "active" | "restricted" | "erasing" | "erased";
export type Tier = "guest" | "trial" | "standard" | "premium";

/** A customer with what they told about themselves opened. */
export type CustomerView = {
  id: string;
  kind: CustomerKind;
  state: CustomerState;
  keyEpoch: number;
  sessionEpoch: number;
  tier: Tier;
  memoryOn: boolean;
  name: string | null;
  email: string | null;
  createdAt: string;
  lastSeenAt: string;
};

/** What stands before the first message. A change of the words is a new version, and is asked again. */
export type ConsentText = { version: number; hash: string; title: string; points: string[] };

export type ConsentView = {
  textVersion: number;
  memory: boolean;
  givenAt: string;
  /** False when the words have changed since. */
  current: boolean;
};

export {
  type Fact,
  type FactFinder,
  FactKind,
  type FactLimits,
  type FactLine,
  type FoundFact,
} from "./schema-fact";
