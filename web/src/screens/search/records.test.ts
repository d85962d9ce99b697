import { expect, it } from "vitest";
import { ofTitle, placeOf } from "./records";

it("shows a person's name and headline before the record has come", () => {
  expect(ofTitle("talents", "Noemi Varga · Engineer · Music")).toEqual({
    name: "Noemi Varga",
    more: ["Engineer · Music"],
  });
  expect(ofTitle("talents", "Noemi Varga")).toEqual({ name: "Noemi Varga", more: [""] });
  expect(ofTitle("talents", null)).toEqual({ name: null, more: [] });
});

it("leaves the titles of jobs whole", () => {
  expect(ofTitle("jobs", "Engineer · Music")).toEqual({ name: "Engineer · Music", more: [] });
});

it("leads to the page of the record", () => {
  expect(placeOf("companies", "1")).toEqual({ to: "/companies/$id", params: { id: "1" } });
});
