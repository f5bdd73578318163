-- An erasure finds the person's rows, and a removed conversation its own, without reading everybody's.
CREATE INDEX "HandOff_customer_id_idx" ON "HandOff"("customer_id");

CREATE INDEX "Rating_customer_id_idx" ON "Rating"("customer_id");

CREATE INDEX "CaseSummary_customer_id_idx" ON "CaseSummary"("customer_id");

CREATE INDEX "ReplyLink_conversation_id_idx" ON "ReplyLink"("conversation_id");
