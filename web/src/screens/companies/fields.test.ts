import { expect, it } from "vitest";
import type { Company } from "@/api/crm";
import { changesOf, filled, safeAddress } from "./fields";

const company: Company = {
  id: "1",
  version: 3,
  archived: false,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  name: "Kettlewell Bank",
  industry: "Banking",
  location: null,
};

it("sends what differs alone, and empties with null", () => {
  const now = { ...filled(company), industry: " ", location: " Singapore ", name: "Kettlewell Bank " };
  expect(changesOf(company, now)).toEqual({ industry: null, location: "Singapore" });
  expect(changesOf(company, filled(company))).toEqual({});
});

it("leads to web sites alone", () => {
  expect(safeAddress("https://kettlewell.example.com/x")).toBe("https://kettlewell.example.com/x");
  expect(safeAddress(" kettlewell.example.com ")).toBe("https://kettlewell.example.com/");
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "not a site", "", null]) {
    expect(safeAddress(bad)).toBeNull();
  }
});
