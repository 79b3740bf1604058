import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyBaseLogger, LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Deps } from "./deps.ts";
import { registerAccess } from "./plugins/access.ts";
import { registerErrorHandler } from "./plugins/error-handler.ts";
import { registerOpenapi } from "./plugins/openapi.ts";
import { registerPages } from "./plugins/pages.ts";
import { registerUploads } from "./plugins/uploads.ts";
import { routes } from "./routes/index.ts";
import type { App } from "./routes/route.ts";

const megabyte = 1 << 20;

/** Builds the server without listening, so that tests can inject requests. */
export async function buildApp(deps: Deps): Promise<App> {
  const app = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    bodyLimit: megabyte,
    requestTimeout: 0,
    trustProxy: false,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    genReqId: () => crypto.randomUUID(),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerErrorHandler(app);
  await app.register(cookie);
  registerAccess(app, deps);
  // the one place outside that a page may ask, and only where somebody configured it
  const tileHosts = deps.mapBase.tileHost === null ? [] : [deps.mapBase.tileHost];
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:", ...tileHosts],
        mediaSrc: ["'self'", "blob:"],
        connectSrc: ["'self'", ...tileHosts],
        workerSrc: ["'self'"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: "no-referrer" },
  });
  await app.register(rateLimit, { global: false });
  await registerOpenapi(app);
  for (const register of routes) register(app, deps);
  registerUploads(app, deps);
  await registerPages(app);
  await app.ready();
  return app;
}
