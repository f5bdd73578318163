import { type BasePromptTemplate, PromptTemplate } from "@langchain/core/prompts";

type Wanted = { of: string; variables: readonly string[]; fallback: string };

/**
 * The prompt to use: a custom one, or else ours. A custom one must hold exactly the variables that are filled in; what
 * is missing or unknown is refused by name. Values are put in once and never read as templates again.
 */
export function checkedPrompt(
  { of, variables, fallback }: Wanted,
  custom: string | BasePromptTemplate | undefined,
): BasePromptTemplate {
  const prompt =
    custom === undefined || typeof custom === "string"
      ? PromptTemplate.fromTemplate(custom ?? fallback)
      : custom;
  const given = prompt.inputVariables.map(String);
  const reasons = [
    ...variables.filter((name) => !given.includes(name)).map((name) => `{${name}} is missing`),
    ...given.filter((name) => !variables.includes(name)).map((name) => `{${name}} is unknown`),
  ];
  if (reasons.length > 0) {
    throw new Error(`The ${of} prompt cannot be used: ${reasons.join(", ")}`);
  }
  return prompt;
}
