/** 'Did you mean': the closest of some known words. */
import { distance } from "fastest-levenshtein";

/**
 * The candidate closest to a word, if one is close enough to be meant: at most a third of its letters differ (one for
 * words of two to four letters); two neighbours swapped count as one. Ties go to the candidate with the same first letter,
 * then to the one that stands first.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const startsAlike = word[0]?.toLowerCase() === candidate[0]?.toLowerCase();
    const found = lettersApart(word.toLowerCase(), candidate.toLowerCase()) + (startsAlike ? 0 : 0.5);
    if (found < bestDistance && found < limit + 1) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

const known = new WeakMap<readonly string[], Map<string, string | undefined>>();

/** The same of a list that stays as it is: a word that was looked for in it before is not looked for again. */
export function closestIn(word: string, candidates: readonly string[]): string | undefined {
  let found = known.get(candidates);
  if (!found) known.set(candidates, (found = new Map()));
  if (found.has(word)) return found.get(word);
  if (found.size >= MOST_KNOWN) found.clear();
  const best = closest(word, candidates);
  found.set(word, best);
  return best;
}

const MOST_KNOWN = 1_000;

function lettersApart(a: string, b: string): number {
  if (a.length !== b.length) return distance(a, b);
  const first = [...a].findIndex((letter, index) => letter !== b[index]);
  const swapped = a.slice(0, first) + (a[first + 1] ?? "") + (a[first] ?? "") + a.slice(first + 2);
  return swapped === b && a !== b ? 1 : distance(a, b);
}

/** `there is a`, `there are a and b`. */
export function thereIs(words: readonly string[]): string {
  return `there ${words.length === 1 ? "is" : "are"} ${listWords(words)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[], conjunction = "and"): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words[words.length - 1]!}`;
}
