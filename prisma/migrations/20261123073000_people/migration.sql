-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "failed_answers" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "hand_off_why" TEXT,
ADD COLUMN     "offer_declined" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "HandOff" ADD COLUMN     "why" TEXT;

-- AlterTable
ALTER TABLE "Turn" ADD COLUMN     "fell_back" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "away" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ReplyAddress" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "email_sealed" BYTEA NOT NULL,
    "mailed_seq" INTEGER NOT NULL DEFAULT 0,
    "mailing_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReplyAddress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReplyLink" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReplyLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Presence" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ReplyAddress_conversation_id_key" ON "ReplyAddress"("conversation_id");

-- CreateIndex
CREATE INDEX "ReplyAddress_customer_id_idx" ON "ReplyAddress"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "ReplyLink_token_hash_key" ON "ReplyLink"("token_hash");

-- CreateIndex
CREATE INDEX "ReplyLink_customer_id_idx" ON "ReplyLink"("customer_id");

-- CreateIndex
CREATE INDEX "ReplyLink_expires_at_idx" ON "ReplyLink"("expires_at");

-- CreateIndex
CREATE INDEX "Presence_seen_at_idx" ON "Presence"("seen_at");

-- AddForeignKey
ALTER TABLE "ReplyAddress" ADD CONSTRAINT "ReplyAddress_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplyLink" ADD CONSTRAINT "ReplyLink_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever waits already is owed an answer since then.
UPDATE "Conversation" SET "asked_at" = "waiting_since" WHERE "status" = 'waiting';
