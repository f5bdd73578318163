import { z } from "zod";

export const Role = z.enum(["lead", "admin"]);
export type Role = z.infer<typeof Role>;

/** A customer as the server knows them: from a signed-in session, or from a guest's signed cookie. */
export type CustomerCaller = {
  kind: "customer";
  id: string;
  keyEpoch: number;
  registered: boolean;
  memoryOn: boolean;
  /** What is kept of them may be read, and nothing new is processed (Art. 18). */
  restricted: boolean;
};

export type StaffCaller = {
  kind: "staff";
  id: string;
  keyEpoch: number;
  role: Role;
  name: string;
};

/** Who is calling. Read from the database on each request; a cookie only says whom to look up. */
export type Caller = CustomerCaller | StaffCaller;

export type StaffMember = {
  id: string;
  role: Role;
  state: "active" | "deactivated";
  name: string;
  email: string;
  createdAt: string;
  lastSeenAt: string | null;
};

export type InviteView = {
  id: string;
  role: Role;
  state: "open" | "used" | "expired";
  expiresAt: string;
  createdAt: string;
};

/** The link's token is shown once; only its hash is stored. */
export type NewInvite = { token: string; role: Role; expiresAt: string };

export const PASSWORD_MIN = 10;

export const Email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email("Please write an e-mail address, like name@example.com."));

/** A password as somebody chooses it; a passphrase of any script is fine. */
export const NewPassword = z.string().min(PASSWORD_MIN, "password_weak").max(200);

export const PersonName = z
  .string()
  .trim()
  .min(1, "Please write a name.")
  .max(100, "Please use at most 100 characters.");

/** Not validated like a new one: what is typed at sign-in is right or wrong, and nothing else is said about it. */
export const Credentials = z.object({
  email: z.string().trim().min(1, "Please write your e-mail.").max(254),
  password: z.string().min(1, "Please write your password.").max(200),
});
export type Credentials = z.infer<typeof Credentials>;
