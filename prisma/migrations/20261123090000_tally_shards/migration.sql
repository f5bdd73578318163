-- AlterTable
ALTER TABLE "Tally" DROP CONSTRAINT "Tally_pkey",
ADD COLUMN     "shard" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "Tally_pkey" PRIMARY KEY ("day", "measure", "dimension", "shard");
