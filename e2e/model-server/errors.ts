/** Errors that endpoints answer with, as OpenAI words them. */
export const errors = {
  rate_limit: { status: 429, code: "rate_limit_exceeded", message: "Rate limit reached" },
  server_error: { status: 500, code: null, message: "The server had an error" },
  overloaded: { status: 503, code: null, message: "The engine is currently overloaded" },
  wrong_key: { status: 401, code: "invalid_api_key", message: "Incorrect API key provided" },
  forbidden: { status: 403, code: null, message: "You are not allowed to use this" },
  unknown_model: {
    status: 404,
    code: "model_not_found",
    message: "The model `scripted` does not exist",
  },
  quota: {
    status: 429,
    code: "insufficient_quota",
    message: "You exceeded your current quota, please check your plan and billing details",
  },
  payment: { status: 402, code: null, message: "Insufficient credits" },
  too_long: {
    status: 400,
    code: "context_length_exceeded",
    message: "This model's maximum context length is 8192 tokens",
  },
  filtered: {
    status: 400,
    code: "content_filter",
    message: "The response was filtered due to the prompt triggering the content management policy",
  },
  rejected: { status: 422, code: null, message: "Unprocessable request" },
} as const;

export type ErrorName = keyof typeof errors;

export const errorNames = Object.keys(errors) as [ErrorName, ...ErrorName[]];
