/** The frame around every screen of somebody who is signed in. */
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import { Bones } from "@/parts/Feedback";
import { later } from "@/parts/later";
import { useKeys } from "@/state/keys";
import { usePreferences } from "@/state/preferences";
import { useTexts } from "@/texts";
import { CrumbsProvider } from "./crumbs";
import css from "./Frame.module.css";
import { isWide, LOWER, UPPER } from "./places";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";

const Finder = later(() => import("./Finder").then((found) => found.Finder));
const KeyMap = later(() => import("./KeyMap").then((found) => found.KeyMap));

/** How long a `g` waits for its second letter. */
const CHORD_MS = 1500;

function usePlacesByKey() {
  const navigate = useNavigate();
  const since = useRef(0);
  const going = (key: string) => () => {
    if (Date.now() - since.current > CHORD_MS) return false;
    since.current = 0;
    const place = [...UPPER, ...LOWER].find((one) => one.key === key);
    if (place) void navigate({ to: place.to });
    return true;
  };
  return { begin: () => (since.current = Date.now()), going };
}

/** After going elsewhere, reading begins at the top of the new screen. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

export function Frame() {
  const t = useTexts();
  const preferred = usePreferences().folded;
  const wide = useRouterState({ select: (state) => isWide(state.location.pathname) });
  const folded = preferred ?? wide;
  const [finding, find] = useState(false);
  const [helping, help] = useState(false);
  const main = useFocusOnArrival();
  const chord = usePlacesByKey();
  useKeys({ "mod+k": () => find(true), "/": () => find(true), "?": () => help(true) });
  const chords = [...UPPER, ...LOWER].map((place) => [place.key, chord.going(place.key)]);
  useKeys({ g: chord.begin, ...Object.fromEntries(chords) }, true);
  return (
    <CrumbsProvider>
      <a className={css.skip} href="#main">
        {t("frame.skip")}
      </a>
      <div className={css.frame} data-folded={folded || undefined}>
        <Rail folded={folded} onHelp={() => help(true)} />
        <TopBar onFind={() => find(true)} />
        <main id="main" className={css.main} tabIndex={-1} ref={main}>
          <Suspense fallback={<Bones lines={8} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {finding && <Finder isOpen onClose={() => find(false)} />}
      {helping && <KeyMap isOpen onClose={() => help(false)} />}
    </CrumbsProvider>
  );
}
