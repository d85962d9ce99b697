import { describe, expect, it } from "vitest";
import type { Talent } from "@/api/crm";
import { changesOf, differing, draftOf, undoOf } from "./draft";

const talent: Talent = {
  id: "1",
  version: 3,
  archived: false,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  name: "Rui",
  headline: "Engineer",
  status: "active",
  tags: ["remote"],
  contacts: [{ kind: "email", value: "rui@example.org", masked: false }],
};

describe("a draft", () => {
  it("changes nothing as it is opened", () => {
    expect(changesOf(talent, draftOf(talent))).toEqual({});
  });

  it("sends what differs alone: tags once each, an emptied field as null, contacts without blanks", () => {
    const draft = {
      ...draftOf(talent),
      headline: "  ",
      tags: "remote，新人, remote",
      contacts: [...draftOf(talent).contacts, { kind: "phone" as const, value: " " }],
    };
    expect(changesOf(talent, draft)).toEqual({ headline: null, tags: ["remote", "新人"] });
  });

  it("never sends contacts back that were hidden from the reader", () => {
    const hidden = { ...talent, contacts: [{ kind: "email" as const, value: "r•••@example.org", masked: true }] };
    const draft = { ...draftOf(hidden), contacts: [], name: "Rui B." };
    expect(changesOf(hidden, draft)).toEqual({ name: "Rui B." });
  });

  it("is taken back by the values as they were", () => {
    expect(undoOf(talent, { headline: null, tags: [] })).toEqual({ headline: "Engineer", tags: ["remote"] });
  });

  it("names what somebody else changed", () => {
    expect(differing(talent, { ...talent, version: 4, note: "Called", status: "passive" })).toEqual(["status", "note"]);
  });
});
