-- What a shop needs to change orders: payments and ways to pay, returns and exchanges, the profile's address.

-- Options keep the order that they were written in.
ALTER TABLE "ShopVariant" ALTER COLUMN "options" SET DATA TYPE JSON;
ALTER TABLE "ShopVariant" ADD COLUMN "on_sale" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "ShopOrder" ADD COLUMN "cancel_reason" TEXT;

ALTER TABLE "ShopOrderItem" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "ShopShipment" ADD COLUMN "item_ids" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

CREATE TABLE "ShopProfile" (
    "customer_id" UUID NOT NULL,
    "address_sealed" BYTEA,

    CONSTRAINT "ShopProfile_pkey" PRIMARY KEY ("customer_id")
);

CREATE TABLE "ShopProfileChange" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopProfileChange_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ShopPaymentMethod" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "handle" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "balance_cents" INTEGER,
    "details_sealed" BYTEA,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ShopPaymentMethod_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ShopPayment" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_cents" INTEGER NOT NULL,
    "method_handle" TEXT,
    "effect_id" UUID,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopPayment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ShopReturn" (
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_ids" TEXT[],
    "new_item_ids" TEXT[],
    "method_handle" TEXT,
    "difference_cents" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopReturn_pkey" PRIMARY KEY ("order_id")
);

CREATE INDEX "ShopProfileChange_customer_id_idx" ON "ShopProfileChange"("customer_id");

CREATE UNIQUE INDEX "ShopPaymentMethod_customer_id_handle_key" ON "ShopPaymentMethod"("customer_id", "handle");

CREATE UNIQUE INDEX "ShopPayment_order_id_position_key" ON "ShopPayment"("order_id", "position");

ALTER TABLE "ShopProfile" ADD CONSTRAINT "ShopProfile_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ShopProfileChange" ADD CONSTRAINT "ShopProfileChange_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ShopPaymentMethod" ADD CONSTRAINT "ShopPaymentMethod_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ShopPayment" ADD CONSTRAINT "ShopPayment_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "ShopOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ShopReturn" ADD CONSTRAINT "ShopReturn_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "ShopOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;
