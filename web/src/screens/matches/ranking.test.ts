import { describe, expect, it } from "vitest";
import type { Criterion, Reason } from "@/api/matching";
import { overlapping, placedJobs, placedPeople, pointsByKind, runs } from "./ranking";

const reason = (kind: Reason["kind"], points: number): Reason => ({ kind, points, text: "", evidence: {} });
const criterion = (kind: Criterion["kind"], weight: number, removed = false): Criterion => ({
  id: `${kind}:${weight}`,
  kind,
  label: kind,
  level: "must",
  weight,
  removed,
});

describe("points by kind", () => {
  const reasons = [reason("skill", 12.5), reason("title", 20), reason("skill", 7.5)];

  it("add up to the score, beside the most that each kind can give", () => {
    const rows = pointsByKind(reasons, [
      criterion("skill", 30),
      criterion("skill", 20),
      criterion("title", 40),
      criterion("location", 10),
      criterion("language", 99, true),
    ]);
    expect(rows).toEqual([
      { kind: "skill", weight: 50, points: 20 },
      { kind: "title", weight: 40, points: 20 },
      { kind: "location", weight: 10, points: 0 },
    ]);
    expect(rows.reduce((sum, row) => sum + row.points, 0)).toBe(40);
  });

  it("are told without weights as long as the criteria are not known", () => {
    expect(pointsByKind(reasons, undefined).map((row) => [row.kind, row.weight, row.points])).toEqual([
      ["skill", null, 20],
      ["title", null, 20],
    ]);
  });
});

describe("places whose order is not sure", () => {
  const ranked = [
    { place: 1, score: 91, confidence: 0.94 }, // ± 3
    { place: 2, score: 88, confidence: 1 }, // ± 0
    { place: 3, score: 86, confidence: 0.88 }, // ± 6
    { place: 4, score: 60, confidence: 0.98 }, // ± 1
  ];

  it("are those whose ranges touch, also past one that does not", () => {
    expect(overlapping(ranked, ranked[0]!)).toEqual([2, 3]);
    expect(overlapping(ranked, ranked[3]!)).toEqual([]);
    expect(overlapping([ranked[0]!, { place: 2, score: 80, confidence: 0.5 }], ranked[0]!)).toEqual([2]);
  });

  it("are written as people write them", () => {
    expect(runs([7, 2, 4, 3])).toEqual(["2–4", "7"]);
    expect(runs([2, 3, 9])).toEqual(["2", "3", "9"]);
    expect(runs([])).toEqual([]);
  });
});

describe("places", () => {
  const match = { score: 1, confidence: 1, reasons: [], gaps: [], unknowns: [] };

  it("count from one, with what is known of each", () => {
    expect(placedPeople([{ ...match, talent: { id: "t" } }])[0]).toMatchObject({ place: 1, id: "t", name: null });
    const jobs = placedJobs([
      { ...match, job: { id: "a", title: "Cook" } },
      { ...match, job: { id: "b", title: "Chef", company: "Inn", location: "Ulm" } },
    ]);
    expect(jobs[1]).toMatchObject({ place: 2, id: "b", name: "Chef", more: ["Inn", "Ulm"] });
  });
});
