-- What the customer stated, as a graph, beside the summary: a view of the same messages, read on by itself.
ALTER TABLE "Memory" ADD COLUMN "graph_sealed" BYTEA,
ADD COLUMN "graph_through" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "graph_version" INTEGER NOT NULL DEFAULT 0;
