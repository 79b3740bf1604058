import { createBrowserRouter, Navigate, Outlet, type RouteObject } from "react-router";
import { usePerson } from "../session/person.tsx";
import { homePath, mayOpen, type PageId } from "./navigation.ts";
import { NotFound } from "./not-found.tsx";
import { RouteFailure } from "./route-failure.tsx";
import { Shell } from "./shell.tsx";

/** A page is fetched when it is first opened: the sign-in page and the queue should be there at once. */
const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <div />,
    children: [
      {
        element: <Allowed page="queue" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/queue/queue-page.tsx")).QueuePage }),
          },
          {
            path: "clues/:id",
            lazy: async () => ({ Component: (await import("../features/item/item-page.tsx")).ItemPage }),
          },
        ],
      },
      {
        path: "cases",
        element: <Allowed page="cases" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/cases/cases-page.tsx")).CasesPage }),
          },
          {
            path: ":id",
            lazy: async () => ({ Component: (await import("../features/cases/case-page.tsx")).CasePage }),
          },
        ],
      },
      {
        path: "sources",
        element: <Allowed page="sources" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/sources/sources-page.tsx")).SourcesPage }),
          },
          {
            path: ":id/device",
            lazy: async () => ({ Component: (await import("../features/devices/device-page.tsx")).DevicePage }),
          },
          {
            path: ":id/scene",
            lazy: async () => ({ Component: (await import("../features/scenes/scene-page.tsx")).ScenePage }),
          },
        ],
      },
      {
        path: "suppressions",
        element: <Allowed page="suppressions" />,
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await import("../features/suppressions/suppressions-page.tsx")).SuppressionsPage,
            }),
          },
        ],
      },
      {
        path: "upload",
        element: <Allowed page="upload" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/upload/upload-page.tsx")).UploadPage }),
          },
        ],
      },
      {
        path: "custody",
        element: <Allowed page="custody" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/custody/custody-page.tsx")).CustodyPage }),
          },
        ],
      },
      {
        path: "known-items",
        element: <Allowed page="known" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/known/known-page.tsx")).KnownPage }),
          },
        ],
      },
      {
        path: "status",
        element: <Allowed page="status" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/status/status-page.tsx")).StatusPage }),
          },
        ],
      },
      { path: "*", element: <NotFound /> },
    ],
  },
];

/** Sends a person to the first page of their duties instead of one that the server would refuse. */
function Allowed({ page }: { page: PageId }) {
  const { duties } = usePerson();
  return mayOpen(page, duties) ? <Outlet /> : <Navigate to={homePath(duties)} replace />;
}

export function createRouter() {
  return createBrowserRouter(routes);
}
