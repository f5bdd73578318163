import type { Question } from "@/components/auth/auth-form";
import { PASSWORD_MIN } from "@/lib/auth/schema";

const hint = `At least ${PASSWORD_MIN} characters. A few words are easier to remember than a riddle.`;

export const newPassword = {
  type: "password",
  autoComplete: "new-password",
  minLength: PASSWORD_MIN,
  maxLength: 200,
  hint,
} as const;

/** What somebody new is asked. */
export const personQuestions: Question[] = [
  { name: "name", label: "Name", autoComplete: "name", maxLength: 100 },
  { name: "email", label: "E-mail", type: "email", autoComplete: "username" },
  { name: "password", label: "Password", ...newPassword },
];
