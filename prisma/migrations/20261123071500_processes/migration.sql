-- CreateTable
CREATE TABLE "Process" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "jobs" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "states" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Process_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Standing" (
    "part" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Standing_pkey" PRIMARY KEY ("part")
);

-- CreateIndex
CREATE INDEX "Process_seen_at_idx" ON "Process"("seen_at");
