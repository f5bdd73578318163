import { Search } from "lucide-react";
import Form from "next/form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type SummaryAsked, summariesHref } from "./summary-query";

/** Searches summaries and messages in words. The index holds keyed hashes of words only, so parts of words find nothing. */
export function SummarySearch({ asked }: { asked: SummaryAsked }) {
  return (
    <search>
      <Form action="/desk/summaries" className="flex flex-wrap items-end gap-2">
        <Field
          label="Search in words"
          hint="Whole words, in any order. Endings do not matter."
          className="min-w-0 grow basis-64"
        >
          {(control) => (
            <Input
              {...control}
              key={asked.words ?? ""}
              type="search"
              name="q"
              dir="auto"
              maxLength={300}
              defaultValue={asked.words ?? ""}
            />
          )}
        </Field>
        {asked.reviewed === undefined ? null : (
          <input type="hidden" name="review" value={asked.reviewed ? "done" : "open"} />
        )}
        <div className="flex gap-2 sm:mb-[1.5rem]">
          <Button type="submit" variant="primary">
            <Search aria-hidden />
            Search
          </Button>
          {asked.words ? (
            <ButtonLink
              variant="quiet"
              href={summariesHref({ ...asked, words: undefined, cursor: undefined })}
            >
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </search>
  );
}
