import { fireEvent, render, screen } from "@testing-library/react";
import { useMemo, useRef } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { loadTexts, type Texts, TextsProvider } from "@/texts";
import { fieldsOf, marksOf } from "../fields";
import { sample } from "../sample";
import { FieldList } from "./FieldList";
import { Paper } from "./Paper";
import { usePairing } from "./pairing";

const { parsed } = sample();
const onPin = vi.fn();
let texts: Texts;

function Pair({ pinned }: { pinned?: string }) {
  const root = useRef<HTMLDivElement>(null);
  const fields = useMemo(() => fieldsOf(parsed), []);
  const marks = useMemo(() => marksOf(fields), [fields]);
  return (
    <div ref={root} data-testid="pair" {...usePairing(root, pinned, onPin)}>
      <FieldList fields={fields} chosen={pinned} text={parsed.text} />
      <Paper parsed={parsed} marks={marks} />
    </div>
  );
}

function show(pinned?: string) {
  render(
    <TextsProvider language="en" texts={texts}>
      <Pair pinned={pinned} />
    </TextsProvider>,
  );
}

const field = (name: RegExp) => screen.getByRole("button", { name });
const mark = (words: string, nth = 0) => screen.getAllByText(words, { selector: "mark" })[nth]!;
const litMarks = () => [...document.querySelectorAll("mark[data-on]")].map((one) => one.textContent);
const litFields = () => [...document.querySelectorAll("[data-f][data-on]")].map((one) => one.textContent);

beforeEach(async () => {
  texts = await loadTexts("en");
  onPin.mockReset();
});

describe("fields and places", () => {
  it("shows the text as it is", () => {
    show();
    expect(document.querySelector("article")!.textContent).toBe(parsed.text);
  });

  it("lights all places of a field that is pointed at, and lets go", () => {
    show();
    fireEvent.mouseOver(field(/^Kubernetes/));
    expect(litMarks()).toEqual(["Kubernetes", "Kubernetes"]);
    fireEvent.mouseLeave(screen.getByTestId("pair"));
    expect(litMarks()).toEqual([]);
  });

  it("lights the field of a place that is pointed at, the part before the whole entry", () => {
    show();
    fireEvent.mouseOver(mark("Engineer"));
    expect(litFields()).toHaveLength(1);
    expect(litFields()[0]).toMatch(/^Title/);
  });

  it("falls back to what is pinned", () => {
    show("f1");
    expect(litMarks()).toEqual(["rui@example.org"]);
    fireEvent.mouseOver(mark("Engineer"));
    expect(litMarks()).toEqual(["Engineer"]);
    fireEvent.mouseLeave(screen.getByTestId("pair"));
    expect(litMarks()).toEqual(["rui@example.org"]);
  });

  it("goes by keyboard from field to field, to the text and back", () => {
    show();
    const name = field(/^Name/);
    name.focus();
    expect(litMarks()).toEqual(["𠮷野 Rui"]);
    fireEvent.keyDown(name, { key: "End" });
    fireEvent.keyDown(document.activeElement!, { key: "ArrowUp" });
    expect(document.activeElement).toBe(field(/^Kubernetes/));
    fireEvent.keyDown(document.activeElement!, { key: "Enter" });
    expect(onPin).toHaveBeenCalledWith("s0");
    expect(document.activeElement).toBe(mark("Kubernetes", 0));
    fireEvent.keyDown(document.activeElement!, { key: "ArrowDown" });
    expect(document.activeElement).toBe(mark("Kubernetes", 1));
    expect(litFields()[0]).toMatch(/^Kubernetes/);
    fireEvent.keyDown(document.activeElement!, { key: "Escape" });
    expect(document.activeElement).toBe(field(/^Kubernetes/));
  });

  it("keeps one tab stop in the list and one in the text", () => {
    show();
    const stops = (like: string) =>
      [...document.querySelectorAll<HTMLElement>(like)].filter((one) => one.tabIndex === 0);
    expect(stops("[data-f]")).toHaveLength(1);
    expect(stops("[data-m]")).toHaveLength(1);
    field(/^Kubernetes/).focus();
    expect(stops("[data-f]")).toEqual([field(/^Kubernetes/)]);
  });

  it("leaves keys alone that compose Chinese", () => {
    show();
    const name = field(/^Name/);
    name.focus();
    fireEvent.keyDown(name, { key: "ArrowDown", isComposing: true });
    expect(document.activeElement).toBe(name);
  });
});
