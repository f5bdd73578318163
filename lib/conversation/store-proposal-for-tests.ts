import { db } from "@/lib/storage";

/** The row of a proposal, with what no screen shows. */
export async function readProposal(id: string) {
  return await db().proposal.findUniqueOrThrow({ where: { id } });
}

/** Whoever carried it out has died. */
export async function expireCarrier(id: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "Proposal" SET lease_until = clock_timestamp() - interval '1 s' WHERE id = ${id}::uuid`;
}

/** So many minutes have gone by since it was proposed. */
export async function ageProposal(id: string, minutes: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "Proposal" SET expires_at = expires_at - make_interval(mins => ${minutes}::int),
      decided_at = decided_at - make_interval(mins => ${minutes}::int) WHERE id = ${id}::uuid`;
}
