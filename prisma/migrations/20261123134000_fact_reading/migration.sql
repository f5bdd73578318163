-- How far each conversation was read for facts. The version tells a reading that a message was forgotten meanwhile.
CREATE TABLE "FactReading" (
    "conversation_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "through" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FactReading_pkey" PRIMARY KEY ("conversation_id")
);

CREATE INDEX "FactReading_customer_id_idx" ON "FactReading"("customer_id");

-- The facts of one conversation go when it is forgotten.
CREATE INDEX "Fact_conversation_id_idx" ON "Fact"("conversation_id");

ALTER TABLE "FactReading" ADD CONSTRAINT "FactReading_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
