-- Who may read an article
CREATE TYPE "ArticleAudience" AS ENUM ('public', 'customer', 'staff');
ALTER TABLE "Article" ALTER COLUMN "audience" DROP DEFAULT;
ALTER TABLE "Article" ALTER COLUMN "audience" TYPE "ArticleAudience" USING 'public'::"ArticleAudience";
ALTER TABLE "Article" ALTER COLUMN "audience" SET DEFAULT 'public';

-- What is read is a version, and the newest one is what is being written
ALTER TABLE "Article" ADD COLUMN "published_version" INTEGER;
UPDATE "Article" SET "published_version" = "version" WHERE "state" = 'published';

ALTER TABLE "ArticleVersion" ADD COLUMN "category" TEXT;
ALTER TABLE "ArticleVersion" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en';
ALTER TABLE "ArticleVersion" ADD COLUMN "audience" "ArticleAudience" NOT NULL DEFAULT 'public';
UPDATE "ArticleVersion" v SET "category" = a."category", "locale" = a."locale"
FROM "Article" a WHERE a."id" = v."article_id";
ALTER TABLE "ArticleVersion" ALTER COLUMN "category" SET NOT NULL;
