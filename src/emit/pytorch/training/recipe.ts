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

/** The expression that makes the optimizer of `model`. */
export function optimizerText(choice: Choice): string {
  const head = "model.parameters(), lr=arguments.lr";
  return print(
    {
      sgd: ({ momentum, decay, nesterov }) =>
        `torch.optim.SGD(${head}${option("momentum", momentum)}${option("weight_decay", decay)}${nesterov ? ", nesterov=True" : ""})`,
      adam: (values) => `torch.optim.Adam(${head}${betas(values)}${option("weight_decay", values["decay"])})`,
      adamw: (values) => `torch.optim.AdamW(${head}${betas(values)}, weight_decay=${values["decay"] ?? 0.01})`,
      rmsprop: ({ rho = 0.9, momentum, eps = 1e-8, decay }) =>
        `torch.optim.RMSprop(${head}, alpha=${rho}, eps=${eps}${option("momentum", momentum)}${option("weight_decay", decay)})`,
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
