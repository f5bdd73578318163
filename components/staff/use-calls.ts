"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef } from "react";
import type { Calls } from "@/lib/conversation/schema";
import { readCallSettings } from "./call-settings";
import { chime } from "./chime";
import { type News, newsOf } from "./news-of";

const titles: Record<News["kind"], string> = {
  waiting: "A customer waits for a person",
  message: "A new message in a conversation of yours",
};

/** Calls the lead, as they chose it, about what is new and is not before their eyes. A notice holds no content. */
export function useCalls(openId: string | null): (calls: Calls) => void {
  const router = useRouter();
  const before = useRef<Calls | null>(null);
  return useCallback(
    (calls) => {
      const news = newsOf(before.current, calls).filter(({ conversationId, kind }) => {
        const before = kind === "message" && conversationId === openId;
        return !(before && document.visibilityState === "visible" && document.hasFocus());
      });
      before.current = calls;
      const { sound, notices } = readCallSettings();
      if (news.length > 0 && sound) {
        chime();
      }
      for (const each of notices ? news : []) {
        notify(each, (path) => router.push(path));
      }
    },
    [openId, router],
  );
}

function notify({ kind, conversationId }: News, go: (path: string) => void): void {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") {
    return;
  }
  const notice = new Notification(titles[kind], { tag: `${kind}:${conversationId}` });
  notice.onclick = () => {
    globalThis.focus();
    go(`/desk/${conversationId}`);
    notice.close();
  };
}
