/** Loss, optimizer and schedule of a recipe in PyTorch's terms. */
import type { Choice } from "../../../ir/training.js";

type Printed = (values: Choice["values"]) => string;

function print(table: Readonly<Record<string, Printed>>, { name, values }: Choice): string {
  const printed = table[name];
  if (!printed) throw new Error(`no ${name} in PyTorch's terms`);
  return printed(values);
}

const option = (name: string, value: number | undefined, byDefault = 0) =>
  value === undefined || value === byDefault ? "" : `, ${name}=${value}`;

const betas = ({ beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }: Choice["values"]) =>
  `, betas=(${beta1}, ${beta2}), eps=${eps}`;

/** The class of an optimizer and its options but for the learning rate, as an expression. */
export function optimizerText(choice: Choice): string {
  const dict = (name: string, options: string) => `(torch.optim.${name}, dict(${options.replace(/^, /, "")}))`;
  return print(
    {
      sgd: ({ momentum, decay, nesterov }) =>
        dict(
          "SGD",
          `${option("momentum", momentum)}${option("weight_decay", decay)}${nesterov ? ", nesterov=True" : ""}`,
        ),
      adam: (values) => dict("Adam", `${betas(values)}${option("weight_decay", values["decay"])}`),
      adamw: (values) => dict("AdamW", `${betas(values)}, weight_decay=${values["decay"] ?? 0.01}`),
      rmsprop: ({ rho = 0.9, momentum, eps = 1e-8, decay }) =>
        dict("RMSprop", `, alpha=${rho}, eps=${eps}${option("momentum", momentum)}${option("weight_decay", decay)}`),
    },
    choice,
  );
}

/** The expression of the loss of one `output`, for `labels` that are classes. */
export function lossText(choice: Choice): string {
  return print(
    {
      crossentropy: ({ smoothing }) => `F.cross_entropy(output, labels${option("label_smoothing", smoothing)})`,
      binarycrossentropy: () => "F.binary_cross_entropy_with_logits(output, target_for(output, labels))",
      mse: () => "F.mse_loss(output, target_for(output, labels))",
      mae: () => "F.l1_loss(output, target_for(output, labels))",
    },
    choice,
  );
}

/** The body of `learning_rate(base, epoch, part, epochs, plateau)`; `part` is how much of the epoch is done. */
export function scheduleText(choice: Choice): string {
  const factor = print(
    {
      constant: () => "base",
      step: ({ every = 1, factor: by = 0.1 }) => `base * ${by} ** (epoch // ${every})`,
      exponential: ({ factor: by = 0.95 }) => `base * ${by} ** epoch`,
      plateau: () => 'base * plateau["reduction"]',
      cosine: () => "base * (1 + math.cos(math.pi * (epoch + part) / epochs)) / 2",
    },
    choice,
  );
  const warmup = choice.values["warmup"] ?? 0;
  return warmup > 0 ? `${factor} * min(1.0, (epoch + part + 1 / steps) / ${warmup})` : factor;
}
