-- Proposals: what the customer is asked, what became of it, and who carries it out. None was ever stored before.
ALTER TABLE "Proposal" ADD COLUMN "card_sealed" BYTEA NOT NULL,
ADD COLUMN "subject_mac" BYTEA NOT NULL,
ADD COLUMN "why" TEXT,
ADD COLUMN "runner_id" TEXT,
ADD COLUMN "lease_until" TIMESTAMPTZ(3),
ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "finished_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "Proposal_one_open" ON "Proposal"("conversation_id", "subject_mac") WHERE (state = 'proposed');

-- CreateIndex
CREATE INDEX "Proposal_customer_id_idx" ON "Proposal"("customer_id");

-- CreateTable
CREATE TABLE "ShopEffect" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopEffect_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ShopEffect_order_id_idx" ON "ShopEffect"("order_id");

-- AddForeignKey
ALTER TABLE "ShopEffect" ADD CONSTRAINT "ShopEffect_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "ShopOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;
