import { describe, expect, it } from "vitest";
import type { Job } from "@/api/crm";
import { changedOf, draftOf, elsewhere } from "./drafts";

const job: Job = {
  id: "j",
  version: 1,
  archived: false,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  title: "Cook",
  description: "Soup.\n",
  company: "Inn",
  location: null,
  status: "open",
};

describe("what is written of a job", () => {
  it("is sent only where it differs; an emptied company is none", () => {
    expect(changedOf(job, draftOf(job))).toEqual({});
    expect(changedOf(job, { ...draftOf(job), title: " Chef ", company: " ", description: "Soup.\n\n" })).toEqual({
      title: "Chef",
      company: null,
      description: "Soup.\n\n",
    });
  });

  it("stands beside what somebody else has changed since", () => {
    expect(elsewhere(job, { ...job, version: 2, status: "closed", location: "Ulm" })).toEqual(["location"]);
    expect(elsewhere(job, { ...job, version: 2, company: null })).toEqual(["company"]);
  });
});
