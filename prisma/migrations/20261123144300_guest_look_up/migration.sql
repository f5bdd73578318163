-- Tries of guests to see an order by its number and e-mail, both as keyed hashes, so that tries can be limited.
CREATE TABLE "ShopLookUp" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "number_index" TEXT NOT NULL,
    "email_index" TEXT NOT NULL,
    "found" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopLookUp_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "ShopLookUp_conversation_id_created_at_idx" ON "ShopLookUp"("conversation_id", "created_at");

CREATE INDEX "ShopLookUp_customer_id_created_at_idx" ON "ShopLookUp"("customer_id", "created_at");

CREATE INDEX "ShopLookUp_number_index_created_at_idx" ON "ShopLookUp"("number_index", "created_at");

CREATE INDEX "ShopLookUp_email_index_created_at_idx" ON "ShopLookUp"("email_index", "created_at");

ALTER TABLE "ShopLookUp" ADD CONSTRAINT "ShopLookUp_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
