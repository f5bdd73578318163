-- Conversations that were deleted whole: nothing is written to such an id again, by whatever tab still holds it.
CREATE TABLE "GoneConversation" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GoneConversation_pkey" PRIMARY KEY ("id")
);
