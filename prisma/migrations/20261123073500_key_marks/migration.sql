-- CreateTable
CREATE TABLE "KeyMark" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeyMark_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "KeyAlarm" (
    "pseudonym" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "whose" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeyAlarm_pkey" PRIMARY KEY ("pseudonym")
);

-- CreateIndex
CREATE INDEX "KeyAlarm_last_at_idx" ON "KeyAlarm"("last_at");
