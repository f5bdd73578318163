"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import {
  ArticleAudience,
  ArticleCategory,
  ArticleLanguage,
  audienceNames,
  IMPORT_FILES_MAX,
  ImportOptions,
  type ImportResult,
  languageNames,
} from "@/lib/knowledge/schema";
import { chosenFiles, pathOf, sendFile } from "./import-files";
import { ImportReport } from "./import-report";

type Run = { total: number; results: ImportResult[]; running: boolean };

/** Files or a folder, sent one after the other, with how far it has come and what became of each. */
export function ArticleImport() {
  const [run, setRun] = useState<Run | null>(null);
  const [problem, setProblem] = useState<string>();
  const begin = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const files = chosenFiles(form);
    const options = ImportOptions.parse({
      category: form.get("category"),
      locale: form.get("locale"),
      audience: form.get("audience"),
      publish: form.get("publish") === "on",
    });
    setProblem(problemWith(files.length));
    if (problemWith(files.length)) {
      return;
    }
    const results: ImportResult[] = [];
    for (const file of files) {
      setRun({ total: files.length, results: [...results], running: true });
      results.push(await sendFile(file, { ...options, path: pathOf(file) }));
    }
    setRun({ total: files.length, results, running: false });
  };
  return (
    <form onSubmit={(event) => void begin(event)} className="flex flex-col gap-6">
      <Files problem={problem} />
      <Options />
      <div>
        <Button type="submit" variant="primary" pending={run?.running ?? false}>
          Import
        </Button>
      </div>
      {run ? <Progressing run={run} /> : null}
    </form>
  );
}

function problemWith(count: number): string | undefined {
  if (count === 0) {
    return "Please choose files or a folder first.";
  }
  return count > IMPORT_FILES_MAX
    ? `These are ${count} files, and ${IMPORT_FILES_MAX} are imported at once. Choose fewer, or use npm run articles:import.`
    : undefined;
}

const fileClass =
  "w-full rounded-md border border-line bg-surface px-3 py-2 text-sm file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:font-medium";

function Files({ problem }: { problem: string | undefined }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Files" error={problem}>
        {(control) => (
          <input
            {...control}
            type="file"
            name="files"
            multiple
            accept=".md,.markdown,.txt,.html,.htm,.pdf"
            className={fileClass}
          />
        )}
      </Field>
      <Field label="Or a folder" hint="With all folders inside of it.">
        {(control) => (
          <input
            {...control}
            type="file"
            name="folder"
            multiple
            // The name that all browsers know it by; React has no type for it.
            {...{ webkitdirectory: "" }}
            className={fileClass}
          />
        )}
      </Field>
    </div>
  );
}

function Options() {
  return (
    <fieldset className="flex flex-col gap-5">
      <legend className="mb-3 font-medium text-sm">Where a file does not say so itself</legend>
      <div className="grid gap-5 sm:grid-cols-3">
        <Choice
          label="Category"
          name="category"
          options={ArticleCategory.options.map((value) => ({ value, label: value }))}
        />
        <Choice
          label="Language"
          name="locale"
          options={ArticleLanguage.options.map((value) => ({ value, label: languageNames[value] }))}
        />
        <Choice
          label="Readers"
          name="audience"
          options={ArticleAudience.options.map((value) => ({ value, label: audienceNames[value] }))}
        />
      </div>
      <Checkbox name="publish" label="Publish at once" />
    </fieldset>
  );
}

type ChoiceProps = { label: string; name: string; options: { value: string; label: string }[] };

function Choice({ label, name, options }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => <Select {...control} name={name} options={options} />}
    </Field>
  );
}

function Progressing({ run: { total, results, running } }: { run: Run }) {
  const text = `${results.length} of ${total} files`;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <Progress label="Import" value={results.length} max={total} valueText={text} />
        <p role="status" className="text-muted text-sm">
          {running ? text : `Done: ${text}`}
        </p>
      </div>
      <ImportReport results={results} />
    </div>
  );
}
