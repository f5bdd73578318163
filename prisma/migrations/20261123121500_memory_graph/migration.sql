-- What the customer stated, as a graph, beside the summary: a view of the same messages, read on by itself.
ALTER TABLE "Memory" ADD COLUMN "graph_sealed" BYTEA,
ADD COLUMN "graph_through" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "graph_version" INTEGER NOT NULL DEFAULT 0;

-- Few conversations have a strategy of their own, and the panel lists them.
CREATE INDEX "Memory_own_strategy" ON "Memory"("updated_at") WHERE (strategy IS NOT NULL);
