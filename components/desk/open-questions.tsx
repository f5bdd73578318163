import Link from "next/link";
import { ActionForm } from "@/components/staff/action-form";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { OpenQuestion } from "@/lib/conversation/schema";
import type { FormAct } from "@/lib/result";

type OpenQuestionsProps = { questions: readonly OpenQuestion[]; setAside: FormAct };

/** Questions that no article answered, each with the way to write one, and to the conversation. */
export function OpenQuestions({ questions, setAside }: OpenQuestionsProps) {
  return (
    <ul className="flex flex-col gap-3">
      {questions.map((question) => (
        <li
          key={question.id}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3"
        >
          <div className="min-w-0 grow basis-64">
            <p dir="auto" className="line-clamp-3 break-words">
              {question.text}
            </p>
            <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
              <Time at={question.askedAt} />
              <Link
                href={`/desk/${question.conversationId}`}
                className="rounded-sm underline underline-offset-4"
              >
                Conversation
              </Link>
              {question.answeredByPerson ? <Badge>A person answered</Badge> : null}
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <ActionForm action={setAside} fields={{ id: question.id }} done="Set aside">
              <SubmitButton variant="secondary" size="sm">
                Set aside
              </SubmitButton>
            </ActionForm>
            <ButtonLink href={`/desk/knowledge/new?question=${question.id}`} size="sm">
              Write the article
            </ButtonLink>
          </div>
        </li>
      ))}
    </ul>
  );
}
