import { createBrowserRouter, Navigate, Outlet, type RouteObject, useLocation } from "react-router";
import { usePerson } from "../session/person.tsx";
import { beginsAtMonitor, homePath, mayOpen, type PageId } from "./navigation.ts";
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
        path: "monitor",
        element: <Allowed page="monitor" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/monitor/monitor-page.tsx")).MonitorPage }),
          },
        ],
      },
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
        path: "on-site",
        element: <Allowed page="onSite" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/on-site/on-site-page.tsx")).OnSitePage }),
          },
          {
            path: ":clueId",
            lazy: async () => ({ Component: (await import("../features/on-site/check-page.tsx")).CheckPage }),
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
        path: "docks",
        element: <Allowed page="docks" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/docks/docks-page.tsx")).DocksPage }),
          },
        ],
      },
      {
        path: "objects",
        element: <Allowed page="objects" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/objects/objects-page.tsx")).ObjectsPage }),
          },
          {
            path: "import",
            lazy: async () => ({ Component: (await import("../features/objects/import-page.tsx")).ImportPage }),
          },
          {
            path: ":id",
            lazy: async () => ({ Component: (await import("../features/objects/object-page.tsx")).ObjectPage }),
          },
        ],
      },
      {
        path: "trucks",
        element: <Allowed page="trucks" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/trucks/trucks-page.tsx")).TrucksPage }),
          },
          {
            path: "trips/:id",
            lazy: async () => ({ Component: (await import("../features/trucks/trip-page.tsx")).TripPage }),
          },
        ],
      },
      {
        path: "field-recordings",
        element: <Allowed page="fieldRecordings" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/field/field-page.tsx")).FieldPage }),
          },
          {
            path: "runs",
            lazy: async () => ({ Component: (await import("../features/field/runs-page.tsx")).RunsPage }),
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
        path: "second-looks",
        element: <Allowed page="secondLooks" />,
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await import("../features/second-looks/second-looks-page.tsx")).SecondLooksPage,
            }),
          },
        ],
      },
      {
        path: "samples",
        element: <Allowed page="samples" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/samples/samples-page.tsx")).SamplesPage }),
          },
        ],
      },
      {
        path: "statistics",
        element: <Allowed page="statistics" />,
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await import("../features/statistics/statistics-page.tsx")).StatisticsPage,
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
          {
            path: "flights/:id",
            lazy: async () => ({
              Component: (await import("../features/flights/flight-ground-page.tsx")).FlightGroundPage,
            }),
          },
        ],
      },
      {
        path: "people",
        element: <Allowed page="people" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/people/people-page.tsx")).PeoplePage }),
          },
        ],
      },
      {
        path: "account",
        lazy: async () => ({ Component: (await import("../features/account/account-page.tsx")).AccountPage }),
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
        path: "retention",
        element: <Allowed page="retention" />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../features/retention/retention-page.tsx")).RetentionPage }),
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
  const { key, pathname, search } = useLocation();
  // typed or bookmarked, not walked to: the bare address is a person's home
  if (key === "default" && pathname === "/" && search === "" && beginsAtMonitor(duties))
    return <Navigate to="/monitor" replace />;
  return mayOpen(page, duties) ? <Outlet /> : <Navigate to={homePath(duties)} replace />;
}

export function createRouter() {
  return createBrowserRouter(routes);
}
