import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { loadTexts } from "@/texts";
import { faultsBefore, faultsOf } from "./faults";

const t = await loadTexts("en");
const refused = (problem: object) =>
  new ApiError("request.invalid", "no", 422, null, {
    problems: [{ field: "new", message: "of the server", ...problem }],
  });

describe("before asking", () => {
  it("names each empty field", () => {
    expect(Object.keys(faultsBefore({ current: "", new: "", again: "" }, t))).toEqual(["current", "new"]);
  });
  it("wants the new password twice, and another one", () => {
    expect(faultsBefore({ current: "a", new: "bb", again: "b" }, t)).toEqual({ again: "The two are not the same" });
    expect(faultsBefore({ current: "a", new: "a", again: "a" }, t).new).toBe("This is the password that you have");
    expect(faultsBefore({ current: "a", new: "b", again: "b" }, t)).toEqual({});
  });
});

describe("what the server refuses", () => {
  it("stands beside its field", () => {
    expect(faultsOf(new ApiError("auth.wrong_password", "no", 403, null), t)).toEqual({
      current: "This is not your current password",
    });
    expect(faultsOf(refused({ problem: "string_too_short", min_length: 12 }), t)).toEqual({
      new: "At least 12 characters",
    });
  });
  it("keeps the server's words for a rule that the page does not know", () => {
    expect(faultsOf(refused({ problem: "password_leaked" }), t)).toEqual({ new: "of the server" });
  });
  it("leaves to the form what belongs to no field", () => {
    expect(faultsOf(new ApiError("auth.too_many_attempts", "wait", 429, null), t)).toEqual({});
    expect(faultsOf(refused({ problem: "missing", field: "other" }), t)).toEqual({});
  });
});
