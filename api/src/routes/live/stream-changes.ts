import { AppError } from "@mingcha/models";
import { streamsPerPersonMax } from "../../live/hub.ts";
import { cookieName, peekSession } from "../../people/sessions.ts";
import { personOf } from "../../plugins/access.ts";
import type { RegisterRoute } from "../route.ts";

/**
 * GET /api/events: what changes, told as it is committed (server-sent events; models/src/http/monitoring.ts). Each page hears only of what its
 * person may list. The stream ends with the session.
 */
export const registerStreamChanges: RegisterRoute = (app, deps) => {
  app.addHook("preClose", async () => deps.live.close());
  app.get(
    "/api/events",
    { config: { access: "signed_in" }, exposeHeadRoute: false, schema: { produces: ["text/event-stream"] } },
    async (request, reply) => {
      const person = personOf(request);
      if (!request.headers.accept?.includes("text/event-stream"))
        throw new AppError("BAD_INPUT", {
          reason: "须以 text/event-stream 方式读取 / ask with accept: text/event-stream",
        });
      if (deps.live.countOf(person.id) >= streamsPerPersonMax)
        throw new AppError("TOO_MANY_STREAMS", { max: String(streamsPerPersonMax) });
      const token = request.cookies[cookieName] ?? "";
      const lastEventId = request.headers["last-event-id"];
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // an ended stream leaves nothing to wait for when the server stops
        connection: "close",
        // a proxy in front must hand every event on at once
        "x-accel-buffering": "no",
      });
      // what cannot be written belongs to a page that has gone
      raw.on("error", () => raw.destroy());
      const leave = deps.live.open(
        {
          out: raw,
          personId: person.id,
          duties: person.duties,
          readDuties: async () => (await peekSession(deps, token))?.duties ?? null,
        },
        typeof lastEventId === "string" ? lastEventId : undefined,
      );
      raw.on("close", leave);
    },
  );
};
