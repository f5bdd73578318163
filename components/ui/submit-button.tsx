"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

/** Submits its form and shows while the form is on its way. Works as a plain submit button without JavaScript. */
export function SubmitButton({ pending = false, variant = "primary", ...rest }: ButtonProps) {
  const status = useFormStatus();
  return <Button type="submit" variant={variant} pending={pending || status.pending} {...rest} />;
}
