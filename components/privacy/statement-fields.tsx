import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { statementFields } from "./request-words";

const options = Object.entries(statementFields).map(([value, label]) => ({ value, label }));

/** What is wrong and what is right. What was learned in conversations is corrected where it is listed. */
export function StatementFields({ problem }: { problem: string | undefined }) {
  return (
    <div className="flex max-w-md flex-col gap-4">
      <Field label="What is wrong">
        {(control) => <Select {...control} name="field" options={options} />}
      </Field>
      <Field label="How it stands now" optional>
        {(control) => <Input {...control} name="before" maxLength={500} />}
      </Field>
      <Field label="What is right" error={problem}>
        {(control) => <Input {...control} name="after" maxLength={500} required />}
      </Field>
    </div>
  );
}
