import { AppError, type Duty, duties } from "@mingcha/models";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Deps } from "../deps.ts";
import { cookieName, findSession, type SignedIn } from "../people/sessions.ts";

/** Who may call a route: anyone, anyone signed in, or holders of one of these duties. */
export type Access = "anyone" | "signed_in" | readonly Duty[];

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** Open to a person who still has the password that was handed out. */
    beforeOwnPassword?: boolean;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
  }
}

/** A browser page of another site cannot send this header, so a changing request that has it came from our own page. */
export const ownPageHeader = "x-mingcha";

/**
 * Every route must say who may call it; the server does not start with one that does not.
 * Cookie → session → person; changing requests must come from our own page.
 */
export function registerAccess(app: FastifyInstance, deps: Deps): void {
  app.decorateRequest("signedIn", null);
  app.addHook("onRoute", (route) => {
    if (route.config?.access === undefined)
      throw new Error(`Route ${String(route.method)} ${route.url} does not say who may call it.`);
  });
  app.addHook("onRequest", async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined) return;
    const token = request.cookies[cookieName];
    request.signedIn = token === undefined ? null : await findSession(deps, token);
    if (!["GET", "HEAD", "OPTIONS"].includes(request.method)) assertOwnPage(request);
    if (access === "anyone") return;
    if (request.signedIn === null) throw new AppError("NOT_SIGNED_IN");
    if (request.signedIn.mustChangePassword && request.routeOptions.config.beforeOwnPassword !== true)
      throw new AppError("PASSWORD_CHANGE_NEEDED");
    if (access !== "signed_in") assertDuty(request.signedIn, access);
  });
}

/** Throws WRONG_ROLE, saying what the person has and what would be needed. */
export function assertDuty(person: SignedIn, needed: readonly Duty[]): void {
  if (person.duties.some((duty) => needed.includes(duty))) return;
  throw new AppError("WRONG_ROLE", {
    have: person.duties.map((duty) => duties[duty].zh).join("、"),
    need: needed.map((duty) => duties[duty].zh).join("、"),
    haveEn: person.duties.map((duty) => duties[duty].en).join(", "),
    needEn: needed.map((duty) => duties[duty].en).join(", "),
  });
}

function assertOwnPage(request: FastifyRequest): void {
  const origin = request.headers.origin;
  const sameOrigin = origin === undefined || new URL(origin).host === request.headers.host;
  const fetchSite = request.headers["sec-fetch-site"];
  const sameSite = fetchSite === undefined || fetchSite === "same-origin" || fetchSite === "none";
  if (request.headers[ownPageHeader] !== "1" || !sameOrigin || !sameSite) throw new AppError("WRONG_ORIGIN");
}

/** The signed-in person of a route that requires one. */
export function personOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new AppError("NOT_SIGNED_IN");
  return request.signedIn;
}
