-- What a second stage of an erasure still has to look for, sealed under a key of its own that lies in a file.
CREATE TABLE "ErasurePlan" (
    "request_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ErasurePlan_pkey" PRIMARY KEY ("request_id")
);

ALTER TABLE "ErasurePlan" ADD CONSTRAINT "ErasurePlan_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "DataRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The second signature of a receipt, with what it signs.
ALTER TABLE "Receipt" ADD COLUMN "second" JSONB;

-- PostgreSQL's statistics keep samples of a column, and a destroyed key must not live on among them.
ALTER TABLE "WrappedKey" ALTER COLUMN "wrapped" SET STATISTICS 0;
