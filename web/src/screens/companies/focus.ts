/** Keeps the focus when the button that had it goes away with what was done. */

/** Frames that pass until what was done is on the page. */
const FRAMES = 3;

/** Give the focus to the button that is marked with `data-act`, unless something else has taken it. */
export function catchFocus(act: string, frames = FRAMES): void {
  if (frames > 0) {
    requestAnimationFrame(() => catchFocus(act, frames - 1));
    return;
  }
  const active = document.activeElement;
  if (active === null || active === document.body) document.querySelector<HTMLElement>(`[data-act="${act}"]`)?.focus();
}
