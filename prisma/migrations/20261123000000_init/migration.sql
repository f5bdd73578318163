-- CreateEnum
CREATE TYPE "CustomerKind" AS ENUM ('guest', 'registered');

-- CreateEnum
CREATE TYPE "CustomerState" AS ENUM ('active', 'restricted', 'erasing', 'erased');

-- CreateEnum
CREATE TYPE "Tier" AS ENUM ('guest', 'trial', 'standard', 'premium');

-- CreateEnum
CREATE TYPE "ConversationStatus" AS ENUM ('open', 'waiting', 'with_person', 'solved');

-- CreateEnum
CREATE TYPE "ConversationOwner" AS ENUM ('AI', 'HUMAN', 'NONE');

-- CreateEnum
CREATE TYPE "MessageRole" AS ENUM ('customer', 'assistant', 'staff', 'tool', 'boundary', 'event', 'note');

-- CreateEnum
CREATE TYPE "MessageState" AS ENUM ('final', 'interrupted');

-- CreateEnum
CREATE TYPE "TurnState" AS ENUM ('pending', 'running', 'done', 'interrupted', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "HandOffState" AS ENUM ('waiting', 'taken', 'returned', 'withdrawn');

-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('proposed', 'confirmed', 'executing', 'done', 'failed', 'expired', 'declined');

-- CreateEnum
CREATE TYPE "SummaryState" AS ENUM ('writing', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "SearchKind" AS ENUM ('summary', 'message');

-- CreateEnum
CREATE TYPE "ArticleState" AS ENUM ('draft', 'published', 'archived');

-- CreateEnum
CREATE TYPE "RequestKind" AS ENUM ('export', 'erasure');

-- CreateEnum
CREATE TYPE "RequestState" AS ENUM ('received', 'running', 'waiting', 'done', 'failed', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('lead', 'admin');

-- CreateEnum
CREATE TYPE "UserState" AS ENUM ('active', 'deactivated');

-- CreateTable
CREATE TABLE "Customer" (
    "id" UUID NOT NULL,
    "kind" "CustomerKind" NOT NULL DEFAULT 'guest',
    "state" "CustomerState" NOT NULL DEFAULT 'active',
    "key_epoch" INTEGER NOT NULL DEFAULT 1,
    "tier" "Tier" NOT NULL DEFAULT 'guest',
    "email_index" TEXT,
    "email_sealed" BYTEA,
    "name_sealed" BYTEA,
    "password_hash" TEXT,
    "subject_index" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 1,
    "memory_on" BOOLEAN NOT NULL DEFAULT true,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "text_version" INTEGER NOT NULL,
    "text_hash" TEXT NOT NULL,
    "memory" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Fact" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "fact_index" TEXT NOT NULL,
    "body_sealed" BYTEA NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "conversation_id" UUID,
    "message_id" UUID,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_until" TIMESTAMPTZ(3),
    "superseded_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "status" "ConversationStatus" NOT NULL DEFAULT 'open',
    "owner" "ConversationOwner" NOT NULL DEFAULT 'AI',
    "assignee_id" UUID,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "boundary_seq" INTEGER NOT NULL DEFAULT 0,
    "title_sealed" BYTEA,
    "waiting_since" TIMESTAMPTZ(3),
    "hand_off_reason" TEXT,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_customer_seq" INTEGER NOT NULL DEFAULT 0,
    "staff_read_seq" INTEGER NOT NULL DEFAULT 0,
    "customer_read_seq" INTEGER NOT NULL DEFAULT 0,
    "thumbs_down" INTEGER NOT NULL DEFAULT 0,
    "summary_reviewed" BOOLEAN NOT NULL DEFAULT true,
    "solved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "role" "MessageRole" NOT NULL,
    "state" "MessageState" NOT NULL DEFAULT 'final',
    "author_id" UUID,
    "body_sealed" BYTEA NOT NULL,
    "meta_sealed" BYTEA,
    "body_mac" BYTEA NOT NULL,
    "tokens" INTEGER NOT NULL,
    "turn_id" UUID,
    "forgotten_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Turn" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "state" "TurnState" NOT NULL DEFAULT 'pending',
    "generation" INTEGER NOT NULL,
    "through_seq" INTEGER NOT NULL,
    "joins" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runner_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "answer_seq" INTEGER,
    "answer_id" UUID,
    "checkpoint_sealed" BYTEA,
    "checkpoint_offset" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "Turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandOff" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "state" "HandOffState" NOT NULL DEFAULT 'waiting',
    "reason" TEXT NOT NULL,
    "taken_by_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "HandOff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rating" (
    "message_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "value" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Rating_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "turn_id" UUID NOT NULL,
    "tool" TEXT NOT NULL,
    "args_sealed" BYTEA NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'proposed',
    "result_sealed" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Memory" (
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "covered_through" INTEGER NOT NULL DEFAULT 0,
    "summary_sealed" BYTEA,
    "summary_tokens" INTEGER NOT NULL DEFAULT 0,
    "ledger_sealed" BYTEA,
    "strategy" TEXT,
    "metadata_sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Memory_pkey" PRIMARY KEY ("conversation_id")
);

-- CreateTable
CREATE TABLE "MemoryFold" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "tokens_before" INTEGER NOT NULL,
    "tokens_after" INTEGER NOT NULL,
    "messages_folded" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MemoryFold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseSummary" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" "SummaryState" NOT NULL,
    "body_sealed" BYTEA,
    "covers_through" INTEGER NOT NULL,
    "author_id" UUID,
    "reviewed_by_id" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CaseSummary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Search" (
    "id" UUID NOT NULL,
    "kind" "SearchKind" NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "lexemes" tsvector NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Search_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Article" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "state" "ArticleState" NOT NULL DEFAULT 'draft',
    "title" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "audience" TEXT NOT NULL DEFAULT 'everyone',
    "version" INTEGER NOT NULL DEFAULT 1,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArticleVersion" (
    "id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ArticleVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passage" (
    "id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "heading" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShopProduct" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "image" TEXT NOT NULL,
    "price_cents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'EUR',

    CONSTRAINT "ShopProduct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShopVariant" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "price_cents" INTEGER NOT NULL,
    "stock" INTEGER NOT NULL,

    CONSTRAINT "ShopVariant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShopOrder" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" UUID,
    "status" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "expected_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "total_cents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "payment_method" TEXT NOT NULL,
    "recipient_sealed" BYTEA,
    "address_sealed" BYTEA,

    CONSTRAINT "ShopOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShopOrderItem" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "product_id" TEXT NOT NULL,
    "variant_id" TEXT,
    "name" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "price_cents" INTEGER NOT NULL,

    CONSTRAINT "ShopOrderItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShopShipment" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "carrier" TEXT NOT NULL,
    "tracking_number" TEXT NOT NULL,
    "events" JSONB NOT NULL,

    CONSTRAINT "ShopShipment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WrappedKey" (
    "owner_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "kek_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WrappedKey_pkey" PRIMARY KEY ("owner_id")
);

-- CreateTable
CREATE TABLE "Vault" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "mac" BYTEA NOT NULL,
    "value_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Vault_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataRequest" (
    "id" UUID NOT NULL,
    "kind" "RequestKind" NOT NULL,
    "state" "RequestState" NOT NULL DEFAULT 'received',
    "customer_id" UUID,
    "pseudonym" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_by_id" UUID,
    "reason" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "progress" JSONB NOT NULL DEFAULT '[]',
    "failure" TEXT,

    CONSTRAINT "DataRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExportFile" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "file" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExportFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Receipt" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "body" JSONB NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditOutbox" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "anonymized_user" TEXT,
    "action" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditOutbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "seq" INTEGER NOT NULL,
    "timestamp" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "anonymized_user" TEXT,
    "action" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "state" "UserState" NOT NULL DEFAULT 'active',
    "email_index" TEXT NOT NULL,
    "email_sealed" BYTEA NOT NULL,
    "name_sealed" BYTEA NOT NULL,
    "password_hash" TEXT,
    "subject_index" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invite" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "invited_by_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tally" (
    "day" DATE NOT NULL,
    "measure" TEXT NOT NULL,
    "dimension" TEXT NOT NULL DEFAULT '',
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "Tally_pkey" PRIMARY KEY ("day","measure","dimension")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Customer_email_index_key" ON "Customer"("email_index");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_subject_index_key" ON "Customer"("subject_index");

-- CreateIndex
CREATE INDEX "Customer_state_last_seen_at_idx" ON "Customer"("state", "last_seen_at");

-- CreateIndex
CREATE INDEX "Consent_customer_id_created_at_idx" ON "Consent"("customer_id", "created_at");

-- CreateIndex
CREATE INDEX "Fact_customer_id_valid_until_idx" ON "Fact"("customer_id", "valid_until");

-- CreateIndex
CREATE INDEX "Fact_customer_id_fact_index_idx" ON "Fact"("customer_id", "fact_index");

-- CreateIndex
CREATE INDEX "Fact_message_id_idx" ON "Fact"("message_id");

-- CreateIndex
CREATE INDEX "Conversation_customer_id_last_message_at_id_idx" ON "Conversation"("customer_id", "last_message_at" DESC, "id");

-- CreateIndex
CREATE INDEX "Conversation_status_waiting_since_id_idx" ON "Conversation"("status", "waiting_since", "id");

-- CreateIndex
CREATE INDEX "Conversation_assignee_id_last_message_at_idx" ON "Conversation"("assignee_id", "last_message_at" DESC);

-- CreateIndex
CREATE INDEX "Conversation_last_message_at_id_idx" ON "Conversation"("last_message_at" DESC, "id");

-- CreateIndex
CREATE INDEX "Message_customer_id_created_at_idx" ON "Message"("customer_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "Message_conversation_id_seq_key" ON "Message"("conversation_id", "seq");

-- CreateIndex
CREATE INDEX "Turn_queue" ON "Turn"("created_at") WHERE (state <= 'running');

-- CreateIndex
CREATE INDEX "Turn_conversation_id_created_at_idx" ON "Turn"("conversation_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "Turn_one_pending" ON "Turn"("conversation_id") WHERE (state = 'pending');

-- CreateIndex
CREATE UNIQUE INDEX "Turn_one_running" ON "Turn"("conversation_id") WHERE (state = 'running');

-- CreateIndex
CREATE INDEX "HandOff_conversation_id_requested_at_idx" ON "HandOff"("conversation_id", "requested_at");

-- CreateIndex
CREATE INDEX "Rating_conversation_id_idx" ON "Rating"("conversation_id");

-- CreateIndex
CREATE INDEX "Proposal_conversation_id_created_at_idx" ON "Proposal"("conversation_id", "created_at");

-- CreateIndex
CREATE INDEX "Proposal_state_expires_at_idx" ON "Proposal"("state", "expires_at");

-- CreateIndex
CREATE INDEX "Memory_customer_id_idx" ON "Memory"("customer_id");

-- CreateIndex
CREATE INDEX "MemoryFold_created_at_idx" ON "MemoryFold"("created_at");

-- CreateIndex
CREATE INDEX "MemoryFold_conversation_id_idx" ON "MemoryFold"("conversation_id");

-- CreateIndex
CREATE INDEX "CaseSummary_created_at_id_idx" ON "CaseSummary"("created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "CaseSummary_conversation_id_version_key" ON "CaseSummary"("conversation_id", "version");

-- CreateIndex
CREATE INDEX "Search_lexemes_idx" ON "Search" USING GIN ("lexemes");

-- CreateIndex
CREATE INDEX "Search_conversation_id_kind_idx" ON "Search"("conversation_id", "kind");

-- CreateIndex
CREATE INDEX "Search_customer_id_idx" ON "Search"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "Article_slug_key" ON "Article"("slug");

-- CreateIndex
CREATE INDEX "Article_state_category_title_idx" ON "Article"("state", "category", "title");

-- CreateIndex
CREATE UNIQUE INDEX "ArticleVersion_article_id_version_key" ON "ArticleVersion"("article_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Passage_article_id_ordinal_key" ON "Passage"("article_id", "ordinal");

-- CreateIndex
CREATE INDEX "ShopVariant_product_id_idx" ON "ShopVariant"("product_id");

-- CreateIndex
CREATE UNIQUE INDEX "ShopOrder_number_key" ON "ShopOrder"("number");

-- CreateIndex
CREATE INDEX "ShopOrder_customer_id_placed_at_idx" ON "ShopOrder"("customer_id", "placed_at" DESC);

-- CreateIndex
CREATE INDEX "ShopOrderItem_order_id_idx" ON "ShopOrderItem"("order_id");

-- CreateIndex
CREATE INDEX "ShopShipment_order_id_idx" ON "ShopShipment"("order_id");

-- CreateIndex
CREATE INDEX "WrappedKey_kek_id_idx" ON "WrappedKey"("kek_id");

-- CreateIndex
CREATE UNIQUE INDEX "Vault_customer_id_kind_n_key" ON "Vault"("customer_id", "kind", "n");

-- CreateIndex
CREATE UNIQUE INDEX "Vault_customer_id_kind_mac_key" ON "Vault"("customer_id", "kind", "mac");

-- CreateIndex
CREATE INDEX "DataRequest_state_due_at_idx" ON "DataRequest"("state", "due_at");

-- CreateIndex
CREATE INDEX "DataRequest_customer_id_idx" ON "DataRequest"("customer_id");

-- CreateIndex
CREATE INDEX "DataRequest_received_at_id_idx" ON "DataRequest"("received_at" DESC, "id");

-- CreateIndex
CREATE INDEX "ExportFile_customer_id_idx" ON "ExportFile"("customer_id");

-- CreateIndex
CREATE INDEX "ExportFile_expires_at_idx" ON "ExportFile"("expires_at");

-- CreateIndex
CREATE INDEX "Receipt_request_id_idx" ON "Receipt"("request_id");

-- CreateIndex
CREATE INDEX "AuditEntry_action_seq_idx" ON "AuditEntry"("action", "seq");

-- CreateIndex
CREATE INDEX "AuditEntry_actor_seq_idx" ON "AuditEntry"("actor", "seq");

-- CreateIndex
CREATE INDEX "AuditEntry_anonymized_user_seq_idx" ON "AuditEntry"("anonymized_user", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_index_key" ON "User"("email_index");

-- CreateIndex
CREATE UNIQUE INDEX "User_subject_index_key" ON "User"("subject_index");

-- CreateIndex
CREATE UNIQUE INDEX "Invite_token_hash_key" ON "Invite"("token_hash");

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fact" ADD CONSTRAINT "Fact_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Turn" ADD CONSTRAINT "Turn_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HandOff" ADD CONSTRAINT "HandOff_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rating" ADD CONSTRAINT "Rating_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Memory" ADD CONSTRAINT "Memory_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseSummary" ADD CONSTRAINT "CaseSummary_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Search" ADD CONSTRAINT "Search_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleVersion" ADD CONSTRAINT "ArticleVersion_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShopVariant" ADD CONSTRAINT "ShopVariant_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "ShopProduct"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShopOrder" ADD CONSTRAINT "ShopOrder_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShopOrderItem" ADD CONSTRAINT "ShopOrderItem_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "ShopOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShopShipment" ADD CONSTRAINT "ShopShipment_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "ShopOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vault" ADD CONSTRAINT "Vault_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExportFile" ADD CONSTRAINT "ExportFile_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "DataRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "DataRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
