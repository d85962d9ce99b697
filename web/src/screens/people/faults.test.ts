import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { loadTexts } from "@/texts";
import { faultsOf } from "./faults";

const t = await loadTexts("en");
const refused = (...problems: object[]) => new ApiError("request.invalid", "no", 422, null, { problems });

describe("faults of a new person", () => {
  it("stand at their fields, contacts by the order in which they were sent", () => {
    const error = refused(
      { problem: "string_too_long", field: "name", message: "“name” is too long" },
      { problem: "not_phone", field: "contacts.0.value", message: "“contacts.0.value” has to be a phone number" },
    );
    expect(faultsOf(error, ["phone"], t)).toEqual({ name: "“name” is too long", phone: t("people.not_phone") });
  });

  it("keep the first of several at a field, and leave out what no field stands for", () => {
    const error = refused(
      { problem: "a", field: "location", message: "first" },
      { problem: "b", field: "location", message: "second" },
      { problem: "not_email", field: "contacts.3.value", message: "elsewhere" },
      { problem: "c", field: "demo", message: "unknown" },
    );
    expect(faultsOf(error, ["email"], t)).toEqual({ location: "first" });
  });

  it("are none for other errors", () => {
    expect(faultsOf(new Error("broken"), [], t)).toEqual({});
    expect(faultsOf(new ApiError("network", "", 0, null), [], t)).toEqual({});
  });
});
