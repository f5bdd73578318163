import { PageSkeleton } from "@/components/staff/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Connectors" />;
}
