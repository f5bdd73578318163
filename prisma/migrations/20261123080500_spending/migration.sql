-- What a turn has used of the models, so that limits per conversation and per customer's day can be kept.
ALTER TABLE "Turn" ADD COLUMN "tokens_used" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "cost_micros" BIGINT NOT NULL DEFAULT 0;

CREATE INDEX "Turn_customer_id_created_at_idx" ON "Turn"("customer_id", "created_at");
