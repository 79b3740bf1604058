import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { App } from "../routes/route.ts";

const bundle = fileURLToPath(new URL("../../../review-ui/dist/", import.meta.url));

/**
 * Serves the built pages. Only the bundle goes through the static plugin, never evidence. Paths of the pages themselves
 * (`/clues/…`) get index.html, so that a link can be opened directly.
 */
export async function registerPages(app: App): Promise<void> {
  if (!existsSync(bundle)) {
    app.get(
      "/",
      { config: { access: "anyone" }, schema: { hide: true } },
      async () => "The pages are not built yet. Run `npm start`.",
    );
    return;
  }
  await app.register(fastifyStatic, { root: bundle, serve: false });
  app.get("/assets/*", { config: { access: "anyone" }, schema: { hide: true } }, async (request, reply) => {
    const name = (request.params as { "*": string })["*"];
    return reply.sendFile(`assets/${name}`, { maxAge: "365d", immutable: true });
  });
  app.get("/*", { config: { access: "anyone" }, schema: { hide: true } }, async (request, reply) => {
    const path = (request.params as { "*": string })["*"];
    if (path.startsWith("api/")) return reply.callNotFound();
    return /^[\w-]+\.(svg|png|ico|webmanifest)$/.test(path)
      ? reply.sendFile(path)
      : reply.sendFile("index.html", { cacheControl: false });
  });
}
