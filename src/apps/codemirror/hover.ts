/** What a word means, where the pointer rests on it. */
import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import { hoverAt } from "../../service/index.js";
import { renderMarkdown } from "./markdown.js";
import { analysisOf } from "./session.js";
import { textTheme } from "./theme.js";

/** The layer with its arithmetic and costs, or the name with its declaration. */
export function cnnHover(): Extension {
  const tooltip = hoverTooltip(
    ({ state }, pos) => {
      const found = hoverAt(analysisOf(state), pos);
      if (!found) return null;
      const { text } = found;
      return {
        pos: found.span.start,
        end: found.span.end,
        above: true,
        create: () => ({ dom: renderMarkdown(text) }),
      };
    },
    { hideOnChange: true },
  );
  return [tooltip, textTheme];
}
