import type { Metadata } from "next";
import { staffPage } from "@/app/(staff)/gate";
import { ArticleImport } from "@/components/admin/article-import";
import { Page } from "@/components/shell/page";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";

export const metadata: Metadata = { title: "Import articles" };

export default staffPage({ role: "admin", path: "/admin/articles/import" }, async () => (
  <Page>
    <PageHeader
      above={
        <Breadcrumbs
          crumbs={[{ label: "Articles", href: "/admin/articles" }, { label: "Import" }]}
        />
      }
      title="Import articles"
      description="Markdown, HTML and PDF files, up to 5 MB each. A file that was imported before becomes a new version of its article."
    />
    <ArticleImport />
    <noscript>
      <p className="mt-4 text-sm">
        Importing here needs JavaScript. On the server,{" "}
        <code>npm run articles:import -- FOLDER</code> does the same.
      </p>
    </noscript>
  </Page>
));
