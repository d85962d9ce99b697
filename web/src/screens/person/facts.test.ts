import { describe, expect, it } from "vitest";
import type { Talent } from "@/api/crm";
import { keyFacts } from "./facts";
import { sample } from "./sample";

const { parsed } = sample();
const talent: Talent = {
  id: "1",
  version: 1,
  archived: false,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  status: "active",
  contacts: [
    { kind: "email", value: "RUI@example.org" },
    { kind: "phone", value: "+4915550100" },
  ],
  years: 2.1,
};

describe("keyFacts", () => {
  it("tells what the résumé says from what somebody entered, and what is not known", () => {
    const told = keyFacts(talent, parsed).map(({ kind, value, source, field }) => [kind, value, source, field]);
    expect(told).toEqual([
      ["email", "RUI@example.org", "document", "f1"],
      ["phone", "+4915550100", "person", undefined],
      ["location", null, "none", undefined],
      ["years", "2.1", "inferred", "years"],
      ["degree", null, "none", undefined],
      ["languages", null, "none", undefined],
    ]);
  });

  it("takes the highest degree", () => {
    const degree = (value: string) => ({ kind: "degree" as const, value, method: "rule:degree", confidence: 0.9 });
    const facts = [degree("bachelor"), degree("doctor"), degree("master")];
    const found = keyFacts(talent, { ...parsed, facts }).find((fact) => fact.kind === "degree");
    expect(found).toMatchObject({ value: "doctor", field: "f1" });
  });

  it("works without a résumé", () => {
    expect(keyFacts({ ...talent, location: "Berlin" }, null).find((fact) => fact.kind === "location")).toEqual({
      kind: "location",
      value: "Berlin",
      source: "person",
    });
  });
});
