/** Every address of the page, what it holds, and the screen that shows it. Screens are fetched when they are opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiError } from "./api/client";
import { meQuery } from "./api/me";
import { onSignedOut, queries } from "./api/queries";
import { Frame } from "./frame/Frame";
import { Bones } from "./parts/Feedback";
import { companiesSearch } from "./screens/companies/search";
import { jobSearch } from "./screens/job/search";
import { jobsSearch } from "./screens/jobs/search";
import { matchesSearch } from "./screens/matches/search";
import { Broken, Missing, MissingAlone } from "./screens/missing";
import { peopleSearch } from "./screens/people/search";
import { personSearch } from "./screens/person/search";
import { searchSearch } from "./screens/search/search";
import { signInSearch } from "./screens/signin/search";
import { uploadSearch } from "./screens/upload/search";

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingAlone });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import("./screens/signin"), "Screen"),
});

/** Everything that asks for a sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Frame,
  pendingComponent: () => <Bones lines={8} />,
  beforeLoad: async ({ location }) => {
    try {
      await queries.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      throw redirect({ to: "/signin", search: { next: location.href }, replace: true });
    }
  },
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./screens/home"), "Screen"),
});
const people = createRoute({
  getParentRoute: () => inside,
  path: "/people",
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import("./screens/people"), "Screen"),
});
const person = createRoute({
  getParentRoute: () => inside,
  path: "/people/$id",
  validateSearch: personSearch,
  component: lazyRouteComponent(() => import("./screens/person"), "Screen"),
});
const companies = createRoute({
  getParentRoute: () => inside,
  path: "/companies",
  validateSearch: companiesSearch,
  component: lazyRouteComponent(() => import("./screens/companies"), "Screen"),
});
const company = createRoute({
  getParentRoute: () => inside,
  path: "/companies/$id",
  component: lazyRouteComponent(() => import("./screens/company"), "Screen"),
});
const jobs = createRoute({
  getParentRoute: () => inside,
  path: "/jobs",
  validateSearch: jobsSearch,
  component: lazyRouteComponent(() => import("./screens/jobs"), "Screen"),
});
const job = createRoute({
  getParentRoute: () => inside,
  path: "/jobs/$id",
  validateSearch: jobSearch,
  component: lazyRouteComponent(() => import("./screens/job"), "Screen"),
});
const matches = createRoute({
  getParentRoute: () => inside,
  path: "/matches",
  validateSearch: matchesSearch,
  component: lazyRouteComponent(() => import("./screens/matches"), "Screen"),
});
const search = createRoute({
  getParentRoute: () => inside,
  path: "/search",
  validateSearch: searchSearch,
  component: lazyRouteComponent(() => import("./screens/search"), "Screen"),
});
const upload = createRoute({
  getParentRoute: () => inside,
  path: "/upload",
  validateSearch: uploadSearch,
  component: lazyRouteComponent(() => import("./screens/upload"), "Screen"),
});
const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("./screens/settings"), "Screen"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    inside.addChildren([home, people, person, companies, company, jobs, job, matches, search, upload, settings]),
  ]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Missing,
  defaultPendingComponent: () => <Bones lines={8} />,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

onSignedOut(() => {
  const { href, pathname } = router.state.location;
  if (pathname === "/signin") return;
  const ended = queries.getQueryData(meQuery.queryKey) ? true : undefined; // somebody was signed in until now
  queries.removeQueries();
  void router.navigate({ to: "/signin", search: { next: href, ended } });
});
