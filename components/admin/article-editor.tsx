"use client";

import { useState } from "react";
import { ActionForm, type FormState } from "@/components/staff/action-form";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Markdown } from "@/components/ui/markdown";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  type Article,
  ArticleAudience,
  ArticleCategory,
  ArticleLanguage,
  audienceNames,
  languageNames,
  slugOf,
} from "@/lib/knowledge/schema";
import type { FormAct } from "@/lib/result";

type Written = Record<"title" | "slug" | "category" | "locale" | "audience" | "body", string>;
/** What a new article begins with. */
export type ArticleOpening = { title: string; slug: string };
type ArticleEditorProps = {
  article: Article | null;
  opening?: ArticleOpening;
  /** What else is sent with it. */
  fields?: Record<string, string>;
  save: FormAct;
};

/** Writes an article: the text on one side, on the other how a customer will read it. */
export function ArticleEditor({ article, opening, fields, save }: ArticleEditorProps) {
  const [written, setWritten] = useState<Written>({
    title: article?.title ?? opening?.title ?? "",
    slug: article?.slug ?? opening?.slug ?? "",
    category: article?.category ?? ArticleCategory.enum["Orders and delivery"],
    locale: article?.locale ?? ArticleLanguage.enum.en,
    audience: article?.audience ?? ArticleAudience.enum.public,
    body: article?.body ?? "",
  });
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }));
  return (
    <ActionForm
      action={save}
      fields={article ? { id: article.id, version: String(article.version) } : (fields ?? {})}
      done="Saved"
      className="flex flex-col gap-5"
    >
      {(form) => (
        <>
          <Head written={written} change={change} form={form} isNew={article === null} />
          <Readers written={written} change={change} form={form} />
          <Body text={written.body} change={change} form={form} />
          <div>
            <SubmitButton>{article ? "Save a new version" : "Save as a draft"}</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}

type PartProps = {
  change: (part: Partial<Written>) => void;
  form: FormState<void>;
};

function Head({ written, change, form, isNew }: PartProps & { written: Written; isNew: boolean }) {
  // The address follows the title until somebody writes one; a published address never changes by itself.
  const follows = isNew && written.slug === slugOf(written.title);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Title" error={form.problem("title")}>
        {(control) => (
          <Input
            {...control}
            name="title"
            required
            value={written.title}
            onChange={({ target }) =>
              change({
                title: target.value,
                ...(follows ? { slug: slugOf(target.value) } : {}),
              })
            }
          />
        )}
      </Field>
      <Field label="Category" error={form.problem("category")}>
        {(control) => (
          <Select
            {...control}
            name="category"
            value={written.category}
            onChange={({ target }) => change({ category: target.value })}
            options={ArticleCategory.options.map((value) => ({ value, label: value }))}
          />
        )}
      </Field>
      <Field
        label="Address"
        hint={`Customers find it at /help/${written.slug || "…"}`}
        error={form.problem("slug")}
      >
        {(control) => (
          <Input
            {...control}
            name="slug"
            required
            autoCapitalize="none"
            spellCheck={false}
            value={written.slug}
            onChange={({ target }) => change({ slug: target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function Readers({ written, change, form }: PartProps & { written: Written }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Language" error={form.problem("locale")}>
        {(control) => (
          <Select
            {...control}
            name="locale"
            value={written.locale}
            onChange={({ target }) => change({ locale: target.value })}
            options={ArticleLanguage.options.map((value) => ({
              value,
              label: languageNames[value],
            }))}
          />
        )}
      </Field>
      <Field
        label="Readers"
        hint="Answers to a customer use only what that customer may read."
        error={form.problem("audience")}
      >
        {(control) => (
          <Select
            {...control}
            name="audience"
            value={written.audience}
            onChange={({ target }) => change({ audience: target.value })}
            options={ArticleAudience.options.map((value) => ({
              value,
              label: audienceNames[value],
            }))}
          />
        )}
      </Field>
    </div>
  );
}

function Body({ text, change, form }: PartProps & { text: string }) {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Field
        label="Text"
        hint="Markdown: ## for a heading, - for a list, **bold**, [a link](https://…)."
        error={form.problem("body")}
      >
        {(control) => (
          <Textarea
            {...control}
            name="body"
            required
            rows={18}
            dir="auto"
            className="min-h-96 font-mono"
            value={text}
            onChange={({ target }) => change({ body: target.value })}
          />
        )}
      </Field>
      <section aria-label="Preview" className="flex flex-col gap-1.5">
        <h2 className="font-medium text-sm">Preview</h2>
        <div className="min-h-96 rounded-md border border-line bg-surface px-5 py-4">
          {text.trim() ? (
            <Markdown text={text} headings="sections" />
          ) : (
            <p className="text-muted text-sm">What you write appears here as customers read it.</p>
          )}
        </div>
      </section>
    </div>
  );
}
