/** `train { ... }` blocks. */
import { diagnose } from "../base/diagnostics.js";
import { closest, listWords } from "../base/suggest.js";
import { beforeSpan, textOf, type Span } from "../base/source.js";
import type { Choice, Training } from "../ir/training.js";
import {
  losses,
  optimizers,
  schedules,
  trainingNumbers,
  type TrainingChoice,
  type TrainingNumber,
} from "../ir/training-options.js";
import type { Identifier, Setting, SettingWord, TrainDeclaration } from "../syntax/ast.js";
import { unexpectedToken } from "../syntax/diagnostics.js";
import { equalsSign, settingTwice, settingWithoutValue, unknownSetting, wrongValue } from "./diagnostics.js";
import { evaluateNumber } from "./evaluate.js";
import type { Place } from "./place.js";

const CHOICES: Record<string, Readonly<Record<string, TrainingChoice>>> = {
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
};

const KEYS = [...Object.keys(CHOICES), ...Object.keys(trainingNumbers)];

/** What people write who come from other tools. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    weight_decay: "decay",
    learning_rate: "lr",
    optim: "optimizer",
    scheduler: "schedule",
    batch_size: "batch",
    batchsize: "batch",
    gamma: "factor",
    label_smoothing: "smoothing",
    epoch: "epochs",
    categoricalcrossentropy: "crossentropy",
    softmaxcrossentropy: "crossentropy",
    bce: "binarycrossentropy",
    l2: "mse",
    l1: "mae",
  }),
);

/** The number of which setting a word is: `lr` of the optimizer. */
function settingWith(name: string): string | undefined {
  return Object.keys(CHOICES).find((key) =>
    Object.values(CHOICES[key]!).some(({ numbers }) => Object.hasOwn(numbers, name)),
  );
}

/** Reads a block; undefined after an error was reported. */
export function readTraining(declaration: TrainDeclaration, place: Place): Training | undefined {
  const seen = new Map<string, Span>();
  const choices: Record<string, Choice> = {
    loss: defaultsOf("crossentropy", losses),
    optimizer: defaultsOf("sgd", optimizers),
    schedule: defaultsOf("constant", schedules),
  };
  const numbers: Record<string, number> = {
    batch: trainingNumbers.batch.default,
    epochs: trainingNumbers.epochs.default,
  };
  let fine = true;
  for (const setting of declaration.settings) {
    const { key } = setting;
    const before = seen.get(key.text);
    if (before) {
      const related = [{ span: before, text: "the first one" }];
      place.report(diagnose(settingTwice, key.span, { name: key.text }, { related }));
      fine = false;
      continue;
    }
    seen.set(key.text, key.span);
    const reader = new SettingReader(setting, place);
    const options = Object.hasOwn(CHOICES, key.text) ? CHOICES[key.text] : undefined;
    if (options) {
      const choice = reader.choice(options);
      if (choice) choices[key.text] = choice;
      else fine = false;
    } else if (key.text in trainingNumbers) {
      const value = reader.number(key, trainingNumbers[key.text as keyof typeof trainingNumbers]);
      if (value === undefined) fine = false;
      else numbers[key.text] = value;
      if (!reader.isAtEnd()) fine = false;
    } else {
      reader.unknown(key, KEYS, "train", choices);
      fine = false;
    }
  }
  if (!fine) return undefined;
  const { loss, optimizer, schedule } = choices as Record<"loss" | "optimizer" | "schedule", Choice>;
  return { loss, optimizer, schedule, batch: numbers["batch"]!, epochs: numbers["epochs"]!, span: declaration.span };
}

function defaultsOf(name: string, options: Readonly<Record<string, TrainingChoice>>): Choice {
  const numbers = Object.entries(options[name]!.numbers);
  return { name, values: Object.fromEntries(numbers.map(([key, number]) => [key, number.default ?? 0])) };
}

class SettingReader {
  private index = 0;

  constructor(
    private readonly setting: Setting,
    private readonly place: Place,
  ) {}

  /** `sgd lr 1e-2 momentum 0.9`. */
  choice(options: Readonly<Record<string, TrainingChoice>>): Choice | undefined {
    const { key } = this.setting;
    const word = this.next();
    if (word?.kind !== "word") {
      const wanted = listWords(Object.keys(options), "or");
      this.place.report(diagnose(settingWithoutValue, word?.span ?? key.span, { name: key.text, wanted }));
      return undefined;
    }
    const chosen = Object.hasOwn(options, word.text) ? options[word.text] : undefined;
    if (!chosen) {
      this.unknown(word, Object.keys(options), key.text);
      return undefined;
    }
    const values: Record<string, number> = { ...defaultsOf(word.text, options).values };
    const given = new Set<string>();
    for (let name = this.next(); name; name = this.next()) {
      const number =
        name.kind === "word" && Object.hasOwn(chosen.numbers, name.text) ? chosen.numbers[name.text] : undefined;
      if (name.kind !== "word" || !number) {
        this.misplaced(name, Object.keys(chosen.numbers), word.text);
        return undefined;
      }
      const value = number.isFlag ? 1 : this.number(name, number);
      if (value === undefined) return undefined;
      values[name.text] = value;
      given.add(name.text);
    }
    const missing = Object.entries(chosen.numbers).find(
      ([name, { default: value }]) => value === undefined && !given.has(name),
    );
    if (!missing) return { name: word.text, values };
    const wanted = `${missing[0]}, the ${missing[1].doc}`;
    this.place.report(diagnose(settingWithoutValue, word.span, { name: word.text, wanted }));
    return undefined;
  }

  /** The number behind a word. */
  number({ text, span }: Identifier, { minimum, below, isWhole }: TrainingNumber): number | undefined {
    const word = this.next();
    if (word?.kind !== "value") {
      this.place.report(diagnose(settingWithoutValue, word?.span ?? span, { name: text, wanted: "a number" }));
      return undefined;
    }
    const value = evaluateNumber(word.value, this.place, text);
    if (value === undefined) return undefined;
    const refuse = (wanted: string): undefined => {
      this.place.report(diagnose(wrongValue, word.span, { what: text, wanted, found: textOf(word.span) }));
      return undefined;
    };
    if (isWhole && !Number.isInteger(value)) return refuse("a whole number");
    if (minimum !== undefined && value < minimum)
      return refuse(`a ${isWhole ? "whole number" : "number"} from ${minimum}`);
    return below !== undefined && value >= below ? refuse(`below ${below}`) : value;
  }

  /** Whether nothing is left of the setting; what is left is told. */
  isAtEnd(): boolean {
    const word = this.next();
    if (word) this.misplaced(word, [], this.setting.key.text);
    return !word;
  }

  /** A word or number that does not belong to what stands before it. */
  private misplaced(word: SettingWord, known: readonly string[], of: string): void {
    const { span } = word;
    const text = textOf(span);
    const [first] = known;
    if (word.kind === "word" && (KEYS.includes(text) || known.length === 0)) {
      const comma = { source: span.source, start: this.endBefore(word), end: span.start };
      const fixes = [{ title: "write a comma", edits: [{ span: comma, text: ", " }] }];
      this.place.report(diagnose(unexpectedToken, span, { expected: "a comma or a new line", found: text }, { fixes }));
    } else if (word.kind === "value" && first) {
      const fixes = [{ title: `write ${first} ${text}`, edits: [{ span: beforeSpan(span), text: `${first} ` }] }];
      const args = { expected: `${listWords([...known], "or")} before its number`, found: text };
      this.place.report(diagnose(unexpectedToken, span, args, { fixes }));
    } else if (known.length === 0) {
      const args = { expected: `nothing more behind ${of}`, found: text };
      this.place.report(diagnose(unexpectedToken, span, args));
    } else {
      this.unknown({ text, span }, known, of);
    }
  }

  private endBefore(word: SettingWord): number {
    const { key, words } = this.setting;
    return (words[words.indexOf(word) - 1] ?? key).span.end;
  }

  unknown(
    { text, span }: Identifier,
    known: readonly string[],
    of: string,
    choices: Record<string, Choice> = {},
  ): void {
    const bare = text.replace(/[-_]/g, "").toLowerCase();
    const synonym = SYNONYMS.get(text) ?? SYNONYMS.get(bare) ?? bare;
    const suggestion = known.includes(synonym) ? synonym : closest(text, known);
    const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
    // `lr 0.1` on a line of its own.
    const owner = of === "train" ? settingWith(text) : undefined;
    const example = owner && `${owner} ${choices[owner]!.name} ${textOf(this.setting.span)}`;
    const notes = example ? [`${text} belongs to the ${owner}: ${example}`] : [];
    this.place.report(diagnose(unknownSetting, span, { name: text, of, known }, { fixes, notes }));
  }

  private next(): SettingWord | undefined {
    const word = this.setting.words[this.index++];
    if (word?.kind !== "word" || (word.text !== "=" && word.text !== ":")) return word;
    const { source, start, end } = word.span;
    const blanks = /^\s*/.exec(source.text.slice(end))![0].length;
    const before = /\s*$/.exec(source.text.slice(0, start))![0].length;
    const edits = [{ span: { source, start: start - before, end: end + blanks }, text: " " }];
    const sign = word.text === "=" ? "an equals sign" : "a colon";
    const fixes = [{ title: `remove the ${sign.replace(/^an? /, "")}`, edits }];
    const args = { what: "settings", sign, example: "batch 128" };
    this.place.report(diagnose(equalsSign, word.span, args, { fixes }));
    return this.next();
  }
}
