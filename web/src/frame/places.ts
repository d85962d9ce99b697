/** The places of the rail: what leads where, by which keys. Screens of later versions are not in it. */
import {
  Briefcase,
  Building2,
  GitCompareArrows,
  House,
  type LucideIcon,
  Search,
  Settings,
  Upload,
  Users,
} from "lucide-react";
import type { PlainKey } from "@/texts";

export interface PlaceOfRail {
  to: "/" | "/people" | "/companies" | "/jobs" | "/matches" | "/search" | "/upload" | "/settings";
  text: PlainKey;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
}

export const UPPER: readonly PlaceOfRail[] = [
  { to: "/", text: "frame.home", icon: House, key: "h" },
  { to: "/people", text: "frame.people", icon: Users, key: "p" },
  { to: "/companies", text: "frame.companies", icon: Building2, key: "c" },
  { to: "/jobs", text: "frame.jobs", icon: Briefcase, key: "j" },
  { to: "/matches", text: "frame.matches", icon: GitCompareArrows, key: "m" },
  { to: "/search", text: "frame.search", icon: Search, key: "s" },
];

export const LOWER: readonly PlaceOfRail[] = [
  { to: "/upload", text: "frame.upload", icon: Upload, key: "u" },
  { to: "/settings", text: "frame.settings", icon: Settings, key: "e" },
];

/** Screens with columns of their own, which need the width of the rail. */
export const isWide = (path: string): boolean => path === "/matches" || path.startsWith("/jobs/");
