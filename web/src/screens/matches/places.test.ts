import { describe, expect, it } from "vitest";
import type { Field } from "@/screens/person/fields";
import { factIn } from "./places";

function field(id: string, start: number, end: number, concept?: string): Field {
  return {
    id,
    group: "skills",
    kind: concept ? "skill" : "work",
    value: id,
    spans: [{ start, end }],
    page: null,
    source: "document",
    confidence: 0.9,
    ...(concept ? { skill: { concept_id: concept, name: id, spans: [{ start, end }] } as Field["skill"] } : {}),
  };
}

const FIELDS = [field("w0", 0, 90), field("s0", 10, 12, "go"), field("s1", 20, 30, "kubernetes")];
const passage = { text: "", start: 8, end: 40 };

describe("the fact that a passage shows", () => {
  it("is the skill that is asked for", () => {
    expect(factIn(FIELDS, passage, "kubernetes")).toBe("s1");
  });

  it("is else the most particular one there", () => {
    expect(factIn(FIELDS, passage, "rust")).toBe("s0");
    expect(factIn(FIELDS, { text: "", start: 50, end: 60 })).toBe("w0");
  });

  it("is none where the résumé has no fact, also when the skill stands elsewhere", () => {
    expect(factIn(FIELDS, { text: "", start: 95, end: 99 }, "go")).toBeUndefined();
    expect(factIn(FIELDS, { text: "", start: 50, end: 60 }, "go")).toBe("w0");
  });
});
