-- What keeps a customer's conversations from retention, until an admin releases it.
CREATE TABLE "LegalHold" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "conversation_id" UUID,
    "reason" TEXT NOT NULL,
    "set_by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,
    "released_by_id" UUID,

    CONSTRAINT "LegalHold_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "LegalHold_customer_id_idx" ON "LegalHold"("customer_id");
CREATE INDEX "LegalHold_conversation_id_idx" ON "LegalHold"("conversation_id");
CREATE INDEX "LegalHold_standing" ON "LegalHold"("set_at" DESC, "id") WHERE (released_at IS NULL);

ALTER TABLE "LegalHold" ADD CONSTRAINT "LegalHold_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "LegalHold" ADD CONSTRAINT "LegalHold_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
