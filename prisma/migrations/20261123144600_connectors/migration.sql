-- Systems of the merchant that an admin has connected. The secret is sealed under a key of the connector's own.
CREATE TABLE "Connector" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "caller_argument" TEXT,
    "secret_sealed" BYTEA,
    "tools" JSON NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'untested',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tested_at" TIMESTAMPTZ(3),

    CONSTRAINT "Connector_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Connector_name_key" ON "Connector"("name");
