/** The box of words beside the pointer. */

export interface Tip {
  /** Shows words near a point of the window; the first line is the title. */
  show(lines: readonly string[], x: number, y: number): void;
  hide(): void;
}

const DISTANCE = 14;

export function createTip(): Tip {
  const box = document.querySelector<HTMLElement>(".tip")!;
  const hide = (): void => {
    box.hidden = true;
  };
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
  window.addEventListener("scroll", hide, { passive: true });
  return {
    hide,
    show(lines, x, y) {
      // Text, never markup: names come from programs.
      box.replaceChildren(
        ...lines.map((line, index) => {
          const element = document.createElement(index === 0 ? "b" : "div");
          element.textContent = line;
          return element;
        }),
      );
      box.hidden = false;
      const { width, height } = box.getBoundingClientRect();
      const left = x + DISTANCE + width > innerWidth ? x - DISTANCE - width : x + DISTANCE;
      const top = y + DISTANCE + height > innerHeight ? y - DISTANCE - height : y + DISTANCE;
      box.style.left = `${Math.max(4, left)}px`;
      box.style.top = `${Math.max(4, top)}px`;
    },
  };
}
