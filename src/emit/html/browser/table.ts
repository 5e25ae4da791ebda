/** The table of layers: sorted by a click on a column's head, filtered, with the columns that are wanted. */

type Order = "none" | "ascending" | "descending";

export function watchTable(net: HTMLElement): void {
  const panel = net.querySelector<HTMLElement>(".layers")!;
  const table = panel.querySelector("table")!;
  const body = table.tBodies[0]!;
  const rows = [...body.rows];
  const heads = [...table.tHead!.rows[0]!.cells];
  const restore = panel.querySelector<HTMLButtonElement>(".restore")!;
  const found = panel.querySelector<HTMLOutputElement>(".found")!;
  const filter = panel.querySelector<HTMLInputElement>(".filter")!;

  /** The order that comes after the present one; figures begin with the largest. */
  const nextOrder = (head: HTMLTableCellElement): Order => {
    const isText = ["name", "layer", "line"].includes(head.dataset["column"]!);
    const orders: Order[] = isText ? ["ascending", "descending", "none"] : ["descending", "ascending", "none"];
    const index = orders.indexOf(head.getAttribute("aria-sort") as Order);
    return orders[(index + 1) % orders.length]!;
  };
  const sort = (head: HTMLTableCellElement | undefined, order: Order): void => {
    for (const other of heads) other.setAttribute("aria-sort", other === head ? order : "none");
    restore.disabled = order === "none";
    // Ranks are exact where figures in a browser would not be.
    const ranks = (head?.dataset["ranks"] ?? "").split(" ").map(Number);
    const sign = order === "none" ? 0 : order === "ascending" ? 1 : -1;
    const wanted = rows.map((_, index) => index);
    if (sign !== 0) wanted.sort((a, b) => sign * (ranks[a]! - ranks[b]!) || a - b);
    body.append(...wanted.map((index) => rows[index]!));
  };
  for (const head of heads) head.querySelector("button")!.addEventListener("click", () => sort(head, nextOrder(head)));
  restore.addEventListener("click", () => {
    sort(undefined, "none");
    heads[0]!.querySelector("button")!.focus();
  });

  const searched = heads.flatMap(({ dataset }, index) =>
    ["name", "layer", "output"].includes(dataset["column"]!) ? [index] : [],
  );
  const texts = rows.map(({ cells }) => searched.map((index) => cells[index]!.textContent.toLowerCase()).join(" "));
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index]!.includes(word));
      if (!row.hidden) count++;
    });
    found.textContent = words.length === 0 ? "" : `${count} of ${rows.length}`;
  });

  for (const box of panel.querySelectorAll<HTMLInputElement>("[data-column][type=checkbox]")) {
    // A browser may remember what was ticked on another visit.
    const show = () => table.classList.toggle(`hide-${box.dataset["column"]!}`, !box.checked);
    box.addEventListener("change", show);
    show();
  }
  const menu = panel.querySelector<HTMLDetailsElement>(".columns")!;
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target as Node)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")!.focus();
  });

  for (const cell of body.querySelectorAll<HTMLElement>("[data-share]"))
    cell.style.setProperty("--share", `${cell.dataset["share"]!}%`);
}
