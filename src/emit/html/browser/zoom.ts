/** The diagram: its size, and which of its styles is shown. */

const STEP = 1.25;
const SMALLEST = 0.1;
const LARGEST = 4;
/** Text that is smaller is not read: a picture that would be is scrolled. */
const LEGIBLE = 0.62;

export function watchZoom(net: HTMLElement): void {
  const panel = net.querySelector<HTMLElement>(".diagram")!;
  const views = [...panel.querySelectorAll<HTMLElement>(".view")].map(viewOf);
  const shown = () => views.find(({ view }) => !view.hidden)!;
  for (const button of panel.querySelectorAll<HTMLButtonElement>("[data-show]")) {
    button.addEventListener("click", () => {
      for (const other of panel.querySelectorAll("[data-show]"))
        other.setAttribute("aria-pressed", String(other === button));
      for (const { view } of views) view.hidden = view.dataset["style"] !== button.dataset["show"];
      shown().start();
    });
  }
  for (const button of panel.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
    button.addEventListener("click", () => {
      const { scale, fit, zoom } = shown();
      const wanted = { in: scale() * STEP, out: scale() / STEP, fit: fit(), full: 1 };
      zoom(wanted[button.dataset["zoom"] as keyof typeof wanted]);
    });
  }
  shown().start();
}

function viewOf(view: HTMLElement) {
  const around = view.querySelector<HTMLElement>(".scroll")!;
  const picture = around.querySelector("svg")!;
  const [width, height] = [picture.width.baseVal.value, picture.height.baseVal.value];
  let current = 1;
  let isStarted = false;
  const fit = () => Math.min((around.clientWidth - 2) / width, 1.5);
  /** Keeps the middle of what is seen where it is, or another point of the box. */
  const zoom = (wanted: number, x = around.clientWidth / 2, y = around.clientHeight / 2): void => {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const [left, top] = [(around.scrollLeft + x) / current, (around.scrollTop + y) / current];
    picture.style.width = `${width * scale}px`;
    picture.style.height = `${height * scale}px`;
    current = scale;
    around.scrollTo(left * scale - x, top * scale - y);
  };
  around.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = around.getBoundingClientRect();
      zoom(current * Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  return {
    view,
    fit,
    zoom,
    scale: () => current,
    start() {
      if (isStarted) return;
      isStarted = true;
      const whole = Math.min(fit(), 1);
      zoom(whole >= LEGIBLE ? whole : Math.min(1, Math.max(whole, LEGIBLE)));
      around.scrollTo(0, 0);
    },
  };
}
