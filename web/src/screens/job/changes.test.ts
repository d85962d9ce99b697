import { describe, expect, it } from "vitest";
import type { Criteria, Criterion, CriterionChange } from "@/api/matching";
import { allAsTextSays, asTextSays, bodyOf, type Edits, edit, left, setByHand, shown, total } from "./changes";

function criterion(id: string, weight: number, told: Partial<Criterion> = {}): Criterion {
  return { id, kind: "skill", label: id, level: "must", weight, edited: false, removed: false, ...told };
}

function read(changes: CriterionChange[] = []): Criteria {
  return {
    language: "en",
    text: "",
    criteria: [criterion("a", 50), criterion("b", 30), criterion("c", 20)],
    changes,
    version: 3,
  };
}

const stored: CriterionChange = { id: "b", level: "nice", weight: null, removed: false };

describe("what is put", () => {
  it("is everything that is in force with the edits over it", () => {
    const edits = edit(read([stored]), {}, "a", { weight: 10 });
    expect(bodyOf(read([stored]), edits)).toEqual([
      { id: "a", level: null, weight: 10, removed: false },
      { id: "b", level: "nice", weight: null, removed: false },
    ]);
  });

  it("keeps what else was said of a criterion that is removed and taken back", () => {
    const removed = edit(read([stored]), {}, "b", { removed: true });
    expect(bodyOf(read([stored]), removed)).toEqual([{ id: "b", level: "nice", weight: null, removed: true }]);
    const back = edit(read([stored]), removed, "b", { removed: false });
    expect(bodyOf(read([stored]), back)).toEqual([stored]);
  });

  it("is nothing once all is as the text says", () => {
    expect(bodyOf(read([stored]), asTextSays({}, "b"))).toEqual([]);
  });

  it("is nothing after a reset, and everything again after taking that back", () => {
    const edits = edit(read([stored]), {}, "a", { weight: 10 });
    const reset = allAsTextSays(read([stored]), edits);
    expect(bodyOf(read([stored]), reset.edits)).toEqual([]);
    expect(bodyOf(read(), { ...reset.edits, ...reset.before })).toEqual(bodyOf(read([stored]), edits));
  });

  it("leaves out changes of criteria that the text does not ask for any more", () => {
    expect(bodyOf(read([{ ...stored, id: "gone" }]), {})).toEqual([]);
  });

  it("goes over what somebody else has put meanwhile, criterion by criterion", () => {
    const edits = edit(read(), {}, "a", { level: "nice" });
    expect(bodyOf(read([stored]), edits).map((change) => change.id)).toEqual(["a", "b"]);
  });
});

describe("after storing", () => {
  it("only what was edited again is left", () => {
    const sent = edit(read(), edit(read(), {}, "a", { weight: 10 }), "b", { removed: true });
    const now: Edits = edit(read(), sent, "a", { weight: 12 });
    expect(left(now, sent)).toEqual({ a: { id: "a", level: null, weight: 12, removed: false } });
  });
});

describe("what is shown before the answer", () => {
  it("keeps the points that were set and lets the others share the rest as before", () => {
    const rows = shown(read(), edit(read(), {}, "a", { weight: 40 }));
    expect(rows.map((row) => Math.round(row.weight * 10) / 10)).toEqual([40, 36, 24]);
    expect(total(rows)).toBeCloseTo(100);
  });

  it("gives the points of a removed criterion to the others", () => {
    const rows = shown(read(), edit(read(), {}, "a", { removed: true }));
    expect(rows.map((row) => row.weight)).toEqual([0, 60, 40]);
    expect(rows[0]!.removed).toBe(true);
  });

  it("scales points that add up to more than 100, and tells what they add up to", () => {
    const edits = edit(read(), edit(read(), {}, "a", { weight: 90 }), "b", { weight: 60 });
    const rows = shown(read(), edits);
    expect(setByHand(rows)).toBe(150);
    expect(rows.map((row) => row.weight)).toEqual([60, 40, 0]);
  });

  it("marks what was edited, and no longer what was given back", () => {
    expect(shown(read([stored]), {}).map((row) => row.edited)).toEqual([false, true, false]);
    expect(shown(read([stored]), asTextSays({}, "b"))[1]!.edited).toBe(false);
  });
});
