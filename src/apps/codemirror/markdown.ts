/** The Markdown that the language service writes, as elements. Text stays text: nothing in a program becomes markup. */

/** Paragraphs, code, lists, rules, and within a line what is bold or code. */
export function renderMarkdown(text: string): HTMLElement {
  const root = document.createElement("div");
  root.className = "cm-cnn-text";
  let isFirst = true;
  // Every second part is code.
  for (const [index, part] of text.split(/^```\w*\n([^]*?)\n?```$/m).entries()) {
    if (index % 2 === 1) {
      append(root, "pre").textContent = part;
      continue;
    }
    for (const block of part.split(/\n{2,}/)) {
      if (block.trim() === "") continue;
      if (/^\s*---\s*$/.test(block)) {
        if (!isFirst) append(root, "hr");
      } else if (/^\s*- /.test(block)) appendList(root, block.trim().split(/\n(?=- )/));
      else appendLines(append(root, "p"), block.trim());
      isFirst = false;
    }
  }
  return root;
}

function append(parent: HTMLElement, name: string): HTMLElement {
  return parent.appendChild(document.createElement(name));
}

function appendList(root: HTMLElement, items: readonly string[]): void {
  const list = append(root, "ul");
  for (const item of items) appendSpans(append(list, "li"), item.slice(2));
}

/** Two blanks at the end of a line end it; other lines go on. */
function appendLines(paragraph: HTMLElement, text: string): void {
  for (const [index, line] of text.split(/ {2}\n/).entries()) {
    if (index > 0) append(paragraph, "br");
    appendSpans(paragraph, line.replaceAll("\n", " "));
  }
}

function appendSpans(parent: HTMLElement, text: string): void {
  for (const part of text.split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
    if (part.startsWith("**") && part.length > 4) append(parent, "strong").textContent = part.slice(2, -2);
    else if (part.startsWith("`") && part.length > 2) append(parent, "code").textContent = part.slice(1, -1);
    else if (part !== "") parent.append(part);
  }
}
