import { Prisma } from "@/lib/storage";

/**
 * True in SQL while the AI may answer. Every statement by which a turn is taken, kept or ended asks it, so that the
 * switch holds for processes that never heard of it.
 */
export const answersAreOn = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Setting" s WHERE s.key = 'answers' AND s.value ->> 'on' = 'false')`;
