import { describe, expect, it } from "vitest";
import { GONE, hiding } from "./hiding";

const person = (name: string, contacts: string[] = []) => ({
  name,
  contacts: contacts.map((value) => ({ kind: "link" as const, value })),
});

describe("hiding names", () => {
  it("puts the alias in place of the name, whole, turned round, in parts and in other letters", () => {
    const hide = hiding(person("Zoé Alder-Quist"), "Person 2");
    expect(hide("Zoé Alder-Quist led it")).toBe("Person 2 led it");
    expect(hide("ALDER-QUIST, ZOE")).toBe("Person 2");
    expect(hide("Zoe joined; Alder-Quist stayed.")).toBe("Person 2 joined; Person 2 stayed.");
  });

  it("leaves words that only contain the name", () => {
    expect(hiding(person("Ann Lee"), "Person 1")("Annual leave, Leeds")).toBe("Annual leave, Leeds");
  });

  it("finds a Han name within a sentence", () => {
    expect(hiding(person("欧阳晴"), "人选 3")("由欧阳晴负责排序")).toBe("由人选 3负责排序");
  });

  it("does not search the alias for the name", () => {
    expect(hiding(person("Person Pell"), "Person 1")("Person Pell and Pell")).toBe("Person 1 and Person 1");
  });

  it("takes contacts out, known ones and those that look like one, and leaves years", () => {
    const hide = hiding(person("Ann Lee", ["wx_ann_88"]), "Person 1");
    expect(hide("ann.lee@example.org, +44 20 7946 0149, wx_ann_88")).toBe(`${GONE}, ${GONE}, ${GONE}`);
    expect(hide("电话 13800138000，github.com/annlee")).toBe(`电话 ${GONE}，${GONE}`);
    expect(hide("2019 - 2024, 1,200,000 users, budget 70,000")).toBe("2019 - 2024, 1,200,000 users, budget 70,000");
  });

  it("still hides contacts while the person is not known yet", () => {
    expect(hiding(undefined, "Person 1")("a@b.example")).toBe(GONE);
  });
});
