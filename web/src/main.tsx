import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { queries } from "./api/queries";
import "./base.css";
import { Toasts } from "./frame/Toasts";
import { router } from "./routes";
import { show, usePreferences } from "./state/preferences";
import { type Language, loadTexts, type Texts, TextsProvider } from "./texts";

show();

/** The page in the preferred language; while another one is fetched, the one before stays. */
function Page() {
  const { language } = usePreferences();
  const [reading, read] = useState<{ language: Language; texts: Texts } | null>(null);
  useEffect(() => {
    let wanted = true;
    void loadTexts(language).then((texts) => {
      if (!wanted) return;
      read({ language, texts });
      // what the server says in words comes again in the new language
      void queries.invalidateQueries({ queryKey: ["matches"] });
      void queries.invalidateQueries({ queryKey: ["runs"] });
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  if (!reading) return null;
  return (
    <TextsProvider language={reading.language} texts={reading.texts}>
      <RouterProvider router={router} />
      <Toasts />
    </TextsProvider>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Page />
    </QueryClientProvider>
  </StrictMode>,
);
