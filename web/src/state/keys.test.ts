import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isTyping, nameOf, press } from "./keys";
import { prefer } from "./preferences";

const pressed = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, "target", { value: target });
  return event;
};

function element(html: string): Element {
  document.body.innerHTML = html;
  return document.body.firstElementChild!;
}

beforeEach(() => prefer({ letters: true }));
afterEach(() => {
  document.body.innerHTML = "";
});

describe("names of keys", () => {
  test.each([
    [{ key: "k", ctrlKey: true }, "mod+k"],
    [{ key: "K", metaKey: true }, "mod+k"],
    [{ key: "?", shiftKey: true }, "?"],
    [{ key: "Escape" }, "Escape"],
    [{ key: "j", altKey: true }, "alt+j"],
  ])("%o", (how, name) => {
    expect(nameOf(pressed(how.key, how))).toBe(name);
  });
});

describe("single letters", () => {
  test("are shortcuts where nobody types", () => {
    const j = vi.fn();
    const event = pressed("j");
    press({ j }, event);
    expect(j).toHaveBeenCalledOnce();
    expect(event.defaultPrevented).toBe(true);
  });

  test.each(["<input>", "<textarea></textarea>", "<select></select>", '<div contenteditable="true"></div>'])(
    "rest in %s",
    (html) => {
      const j = vi.fn();
      press({ j }, pressed("j", {}, element(html)));
      expect(j).not.toHaveBeenCalled();
    },
  );

  test("work on a checkbox, where no text can be typed", () => {
    expect(isTyping(pressed("j", {}, element("<input type=checkbox>")))).toBe(false);
  });

  test("rest while Chinese is composed, wherever the focus is", () => {
    const j = vi.fn();
    press({ j }, pressed("j", { isComposing: true }));
    expect(j).not.toHaveBeenCalled();
    expect(isTyping(pressed("j", { keyCode: 229 } as KeyboardEventInit))).toBe(true);
  });

  test("and so does the Esc that gives a proposal up, by which nothing is closed", () => {
    const close = vi.fn();
    press({ Escape: close }, pressed("Escape", { keyCode: 229 } as KeyboardEventInit));
    expect(close).not.toHaveBeenCalled();
  });

  test("rest when they are switched off, and chords do not", () => {
    prefer({ letters: false });
    const [j, k] = [vi.fn(), vi.fn()];
    press({ j, "mod+k": k }, pressed("j"));
    press({ j, "mod+k": k }, pressed("k", { ctrlKey: true }));
    expect(j).not.toHaveBeenCalled();
    expect(k).toHaveBeenCalledOnce();
  });

  test("rest under a dialog", () => {
    const j = vi.fn();
    element('<div role="dialog"></div>');
    press({ j }, pressed("j"));
    expect(j).not.toHaveBeenCalled();
  });
});

test("a key that was handled already is left alone, one that was not taken keeps its meaning", () => {
  const j = vi.fn();
  const event = pressed("j");
  event.preventDefault();
  press({ j }, event);
  expect(j).not.toHaveBeenCalled();
  const other = pressed("p");
  press({ p: () => false }, other);
  expect(other.defaultPrevented).toBe(false);
});
