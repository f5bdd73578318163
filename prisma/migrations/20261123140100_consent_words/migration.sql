-- Every text that customers were asked to agree to, as it was, with the hash that proves it.
CREATE TABLE "ConsentVersion" (
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "points" JSONB NOT NULL,
    "controller" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "asks" BOOLEAN NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConsentVersion_pkey" PRIMARY KEY ("version")
);

-- Whoever agreed before was not asked for figures about them.
ALTER TABLE "Consent" ADD COLUMN "analytics" BOOLEAN NOT NULL DEFAULT false;
