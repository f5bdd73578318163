import type { Metadata } from "next";
import { save } from "@/app/(staff)/admin/articles/actions";
import { staffPage } from "@/app/(staff)/gate";
import { ArticleEditor } from "@/components/admin/article-editor";
import { Page } from "@/components/shell/page";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";

export const metadata: Metadata = { title: "New article" };

export default staffPage({ role: "admin", path: "/admin/articles/new" }, async () => (
  <Page width="wide">
    <PageHeader
      above={
        <Breadcrumbs
          crumbs={[{ label: "Articles", href: "/admin/articles" }, { label: "New article" }]}
        />
      }
      title="New article"
      description="It is saved as a draft; nobody sees it until you publish it."
    />
    <ArticleEditor article={null} save={save} />
  </Page>
));
