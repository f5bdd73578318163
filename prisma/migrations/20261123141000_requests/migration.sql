-- Requests of every kind that the law knows, with their decisions, and how a person is found who wrote a letter.
ALTER TYPE "RequestKind" ADD VALUE 'rectification';
ALTER TYPE "RequestKind" ADD VALUE 'restriction';
ALTER TYPE "RequestKind" ADD VALUE 'objection';
ALTER TYPE "RequestState" ADD VALUE 'identity_check';
ALTER TYPE "RequestState" ADD VALUE 'approved';
ALTER TYPE "RequestState" ADD VALUE 'duplicate';

ALTER TABLE "DataRequest" ADD COLUMN "extended_at" TIMESTAMPTZ(3),
ADD COLUMN "extension_reason" TEXT,
ADD COLUMN "refusal_reason" TEXT,
ADD COLUMN "duplicate_of_id" UUID,
ADD COLUMN "joined_to_id" UUID,
ADD COLUMN "confirmed_by" TEXT,
ADD COLUMN "code_issued_at" TIMESTAMPTZ(3),
ADD COLUMN "code_tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "decided_by_id" UUID,
ADD COLUMN "decided_at" TIMESTAMPTZ(3),
ADD COLUMN "run_after" TIMESTAMPTZ(3),
ADD COLUMN "statement_sealed" BYTEA,
ADD COLUMN "lifted_at" TIMESTAMPTZ(3),
ADD COLUMN "lifted_by" TEXT,
ADD COLUMN "answer" TEXT;

CREATE TABLE "RequestNote" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "body_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RequestNote_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "RequestMatch" (
    "request_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "joined" BOOLEAN NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RequestMatch_pkey" PRIMARY KEY ("request_id","customer_id")
);

CREATE TABLE "RequestLink" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "code_mac" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RequestLink_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "PersonIndex" (
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value_index" TEXT NOT NULL,

    CONSTRAINT "PersonIndex_pkey" PRIMARY KEY ("customer_id","kind","value_index")
);

CREATE INDEX "RequestNote_request_id_idx" ON "RequestNote"("request_id");
CREATE INDEX "RequestNote_customer_id_idx" ON "RequestNote"("customer_id");
CREATE INDEX "RequestMatch_customer_id_idx" ON "RequestMatch"("customer_id");
CREATE UNIQUE INDEX "RequestLink_token_hash_key" ON "RequestLink"("token_hash");
CREATE INDEX "RequestLink_request_id_idx" ON "RequestLink"("request_id");
CREATE INDEX "RequestLink_customer_id_idx" ON "RequestLink"("customer_id");
CREATE INDEX "PersonIndex_kind_value_index_idx" ON "PersonIndex"("kind", "value_index");

ALTER TABLE "RequestNote" ADD CONSTRAINT "RequestNote_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "DataRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RequestMatch" ADD CONSTRAINT "RequestMatch_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "DataRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RequestLink" ADD CONSTRAINT "RequestLink_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "DataRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PersonIndex" ADD CONSTRAINT "PersonIndex_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
