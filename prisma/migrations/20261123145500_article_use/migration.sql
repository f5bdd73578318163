-- What readers have been shown once, they may open again
ALTER TABLE "ArticleVersion" ADD COLUMN "published_at" TIMESTAMPTZ(3);
UPDATE "ArticleVersion" v SET "published_at" = v."created_at"
FROM "Article" a WHERE a."id" = v."article_id" AND a."published_version" = v."version";

-- Questions that no article answered
CREATE TABLE "ArticleQuestion" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "article_id" UUID,
    "settled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ArticleQuestion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ArticleQuestion_message_id_key" ON "ArticleQuestion"("message_id");
CREATE INDEX "ArticleQuestion_open" ON "ArticleQuestion"("created_at") WHERE (settled_at IS NULL);
CREATE INDEX "ArticleQuestion_conversation_id_idx" ON "ArticleQuestion"("conversation_id");
CREATE INDEX "ArticleQuestion_customer_id_idx" ON "ArticleQuestion"("customer_id");
ALTER TABLE "ArticleQuestion" ADD CONSTRAINT "ArticleQuestion_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
