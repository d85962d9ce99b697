import { describe, expect, it } from "vitest";
import { rowsOf, shownOf, sortOf } from "./ListState";

const COLUMNS = [{ id: "name" }, { id: "city" }, { id: "tags", spare: true }];
const ids = (chosen: string[] | undefined, narrow: boolean) => shownOf(COLUMNS, chosen, narrow).map((one) => one.id);

describe("the address of a list", () => {
  it("asks for the first order until another is chosen", () => {
    const first = { by: "updated_at", descending: true };
    expect(sortOf({}, first)).toEqual({ sort: "updated_at", descending: true });
    expect(sortOf({ sort: "name" }, first)).toEqual({ sort: "name", descending: true });
    expect(sortOf({ sort: "name", up: true }, first)).toEqual({ sort: "name", descending: false });
  });

  it("shows spare columns where there is room, and chosen ones always", () => {
    expect(ids(undefined, false)).toEqual(["name", "city", "tags"]);
    expect(ids(undefined, true)).toEqual(["name", "city"]);
    expect(ids(["tags"], true)).toEqual(["name", "tags"]);
    expect(ids(["unheard"], false)).toEqual(["name"]);
  });
});

it("a record that stands in two pages is one row, as it was told last", () => {
  const pages = [
    {
      items: [
        { id: "a", n: 1 },
        { id: "b", n: 1 },
      ],
    },
    {
      items: [
        { id: "c", n: 1 },
        { id: "a", n: 2 },
      ],
    },
  ];
  expect(rowsOf(pages).map(({ id, n }) => id + n)).toEqual(["a2", "b1", "c1"]);
});
