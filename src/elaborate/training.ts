/** `train { ... }` blocks. */
import { diagnose } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { textOf, type Span } from "../base/source.js";
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
const SYNONYMS: Record<string, string> = {
  weight_decay: "decay",
  learning_rate: "lr",
  optim: "optimizer",
  scheduler: "schedule",
  batch_size: "batch",
  batchsize: "batch",
  gamma: "factor",
  label_smoothing: "smoothing",
};

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
    } else {
      reader.unknown(key, KEYS, "train");
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
      const wanted = Object.keys(options).join(", ");
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
        this.unknown({ text: textOf(name.span), span: name.span }, Object.keys(chosen.numbers), word.text);
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
    if (minimum !== undefined && value < minimum) return refuse(`a number from ${minimum}`);
    return below !== undefined && value >= below ? refuse(`below ${below}`) : value;
  }

  unknown({ text, span }: Identifier, known: readonly string[], of: string): void {
    const synonym = SYNONYMS[text];
    const suggestion = synonym && known.includes(synonym) ? synonym : closest(text, known);
    const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
    this.place.report(diagnose(unknownSetting, span, { name: text, of, known }, { fixes }));
  }

  private next(): SettingWord | undefined {
    const word = this.setting.words[this.index++];
    if (word?.kind !== "word" || word.text !== "=") return word;
    const { source, start, end } = word.span;
    const blanks = /^\s*/.exec(source.text.slice(end))![0].length;
    const before = /\s*$/.exec(source.text.slice(0, start))![0].length;
    const edits = [{ span: { source, start: start - before, end: end + blanks }, text: " " }];
    this.place.report(diagnose(equalsSign, word.span, {}, { fixes: [{ title: "remove the equals sign", edits }] }));
    return this.next();
  }
}
