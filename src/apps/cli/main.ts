/** The command line: arguments in, exit code out. Each command is a module of its own, loaded when it is called. */
import { createRequire } from "node:module";
import { Command, CommanderError, Option } from "commander";
import { resetLimits } from "./limits.js";
import {
  bytesFrom,
  COLUMNS,
  columnsFrom,
  FIGURES,
  MOST_DEVICES,
  goalsFrom,
  OPSETS,
  opsetOf,
  rateOf,
  sideOf,
  USUAL_GOALS,
  wholeFrom,
} from "./option-values.js";
import {
  checkpoint,
  format,
  limit,
  net,
  PICTURES,
  precision,
  seed,
  size,
  STYLES,
  TARGETS,
  targetsOf,
  train,
  VERIFIED,
} from "./options.js";
import { addSwept } from "./sweep-values.js";
import { EXIT, note, ProgramError, tellFault, tellUsage, UsageError } from "./terminal.js";

const EXIT_CODES = `
Exit codes: 0 fine, 1 errors in the program, 2 wrong use, 3 a fault of the compiler.`;

/** The program with its commands; `done` receives the exit code of the one that runs. */
function commands(done: (code: number) => void): Command {
  const program = new Command("cnnc")
    .description("The compiler for convolutional networks written as people write them.")
    .addHelpText("after", `${EXIT_CODES}\n\nExample:\n  cnnc report examples/lecture14/vgg16.slide.cnn --format slide`);

  program
    .command("check")
    .description("tell what is wrong with programs")
    .argument("<file...>", "programs, - for standard input")
    .addOption(format("text", "json"))
    .addOption(new Option("--dump <stage>", "show what the compiler makes of them").choices(["ast", "ir"]))
    .addHelpText("after", "\nExample:\n  cnnc check examples/lecture14/*.cnn")
    .action(async (files: string[], options) =>
      done(await (await import("./commands/check.js")).check(files, options)),
    );

  program
    .command("lint")
    .description("what an expert would say of nets: mistakes that compile, waste, names that nothing uses")
    .argument("<file...>", "programs, folders of them, - for standard input")
    .option("--fix", "make the changes that leave the nets as they are")
    .addOption(format("pretty", "json", "sarif", "github"))
    .option("--max-warnings <number>", "exit with 1 where there are more warnings", wholeFrom(0))
    .addHelpText(
      "after",
      "\nLevels of rules are set in cnnc.config.json, and by comments: # cnnc-disable-next-line rule -- reason\n\nExample:\n  cnnc lint examples --max-warnings 0",
    )
    .action(async (files: string[], options) =>
      done(await (await import("./commands/lint.js")).lint(files, options, version())),
    );

  program
    .command("fmt")
    .description("lay programs out: indentation, blanks, columns, line ends")
    .argument("[path...]", "programs and folders of programs, - for standard input; without any, the current folder")
    .option("--check", "change nothing, tell which files differ")
    .option("--canonical", "write slide notation in the language's canonical form")
    .option("--require-pragma", "only files that start with # @format")
    .option("--insert-pragma", "make files start with # @format")
    .addOption(format("text", "json"))
    .addHelpText(
      "after",
      "\n# prettier-ignore keeps the next line as it is, # @noformat its file.\n\nExample:\n  cnnc fmt --check examples",
    )
    .action(async (paths: string[], options) => done(await (await import("./commands/fmt.js")).fmt(paths, options)));

  program
    .command("report")
    .description("sizes, parameters, compute and memory of every layer")
    .argument("<file>", "a program, - for standard input")
    .addOption(net())
    .option("--all", "all nets of the file; JSON is then one document a line")
    .addOption(size())
    .option("--columns <names>", `which columns, with commas (${COLUMNS.join(", ")})`, columnsFrom)
    .addOption(precision("float32", "float16", "bfloat16", "int8"))
    .option("--explain", "what each column is")
    .addOption(format("table", "slide", "markdown", "csv", "latex", "json", "html"))
    .option("-o, --output <file>", "html: the page to write, instead of standard output")
    .addHelpText(
      "after",
      "\nExample:\n  cnnc report examples/lecture14/alexnet.cnn\n  cnnc report examples/lecture14/alexnet.cnn --format html -o alexnet.html",
    )
    .action(async (file: string, options) => done(await (await import("./commands/report.js")).report(file, options)));

  program
    .command("sizes")
    .description("which sizes of the input fit without losing pixels, and the smallest that works")
    .argument("<file>", "a program, - for standard input")
    .addOption(net())
    .addOption(size())
    .option("--up-to <number>", "the largest size that is tried", sideOf)
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc sizes examples/lecture14/alexnet.cnn")
    .action(async (file: string, options) => done(await (await import("./commands/sizes.js")).sizes(file, options)));

  program
    .command("memory")
    .description("what a net needs while it runs and while it is trained, and where its values lie")
    .argument("<file>", "a program, - for standard input")
    .addOption(net())
    .addOption(size())
    .addOption(new Option("--batch <number>", "images at once").argParser(wholeFrom(1)).default(1))
    .addOption(precision("float32", "float16", "bfloat16", "int8"))
    .addOption(train())
    .addOption(checkpoint())
    .option("--plan", "where each value lies in the block of memory")
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc memory examples/zoo/resnet.cnn --net ResNet50 --batch 32 --train adam")
    .action(async (file: string, options) => done(await (await import("./commands/memory.js")).memory(file, options)));

  program
    .command("fit")
    .description("the largest batch and the largest input that fit into a memory")
    .argument("<file>", "a program, - for standard input")
    .addOption(new Option("--memory <amount>", "such as 8GB or 16GiB").argParser(bytesFrom).makeOptionMandatory())
    .addOption(net())
    .addOption(size())
    .addOption(precision("float32", "float16", "bfloat16", "int8"))
    .addOption(train())
    .addOption(checkpoint())
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc fit examples/zoo/resnet.cnn --net ResNet50 --memory 8GB --train adam")
    .action(async (file: string, options) => done(await (await import("./commands/fit.js")).fit(file, options)));

  program
    .command("roofline")
    .description("the least time of each layer on a device, and which layers wait for memory")
    .argument("<file>", "a program, - for standard input")
    .requiredOption("--device <device>", "laptop, phone, t4, a100, h100, or a .json file that describes another one")
    .addOption(net())
    .addOption(size())
    .addOption(new Option("--batch <number>", "images at once").argParser(wholeFrom(1)).default(1))
    .addOption(precision("float32", "float16", "bfloat16", "int8"))
    .option("--fused", "take element-wise layers as parts of the layers before them")
    .addOption(format("text", "json"))
    .addHelpText(
      "after",
      "\nExample:\n  cnnc roofline examples/zoo/resnet.cnn --net ResNet50 --device t4 --precision float16",
    )
    .action(async (file: string, options) =>
      done(await (await import("./commands/roofline.js")).roofline(file, options)),
    );

  program
    .command("plan")
    .description("ways to train a net on several devices: data parallel, sharded, in a pipeline")
    .argument("<file>", "a program, - for standard input")
    .addOption(new Option("--devices <number>", "how many").argParser(wholeFrom(1, MOST_DEVICES)).makeOptionMandatory())
    .option("--memory <amount>", "of each, such as 80GB (default: that of the device)", bytesFrom)
    .option("--device <device>", "what they are: t4, a100, h100 or a .json file (as of roofline)", "a100")
    .option("--link <amount>", "bytes a second between two of them, as 12.5GB (default: that of the device)", bytesFrom)
    .option("--per-machine <number>", "devices of one machine", wholeFrom(1), 8)
    .option("--batch <number>", "images of a step, of all devices (default: that of the program)", wholeFrom(1))
    .addOption(net())
    .addOption(size())
    .addOption(train())
    .addOption(precision("float32", "bfloat16"))
    .addOption(format("text", "json"))
    .addHelpText(
      "after",
      "\nExample:\n  cnnc plan examples/zoo/vgg.cnn --net VGG16 --devices 8 --memory 80GB --train adam --batch 1024",
    )
    .action(async (file: string, options) => done(await (await import("./commands/plan.js")).plan(file, options)));

  program
    .command("diff")
    .description("two nets layer by layer: what was changed, added and removed, and what it costs")
    .argument("<before>", "a program, - for standard input")
    .argument("<after>", "another one, or the same")
    .addOption(net())
    .option("--other <name>", "the net of the second program, where it is called otherwise")
    .addOption(size())
    .option("--all", "also the layers that are the same")
    .addOption(format("text", "json"))
    .addHelpText(
      "after",
      "\nExit codes: 0 where no layer differs, 1 where one does.\n\nExample:\n  cnnc diff examples/lecture14/alexnet.cnn examples/lecture14/zfnet.cnn --net AlexNet --other ZFNet",
    )
    .action(async (before: string, after: string, options) =>
      done(await (await import("./commands/diff.js")).diff(before, after, options)),
    );

  program
    .command("sweep")
    .description("variants of a net side by side: its parameters with several values each")
    .argument("<file>", "a program, - for standard input")
    .addOption(
      new Option("--set <parameter=values>", "values of a parameter, as c=32,64 or n=2..6; once for each parameter")
        .argParser(addSwept)
        .makeOptionMandatory(),
    )
    .addOption(net())
    .addOption(size())
    .addOption(
      new Option("--front <figures>", `what a variant is to be good at, as params:more,macs (${FIGURES.join(", ")})`)
        .argParser(goalsFrom)
        .default(USUAL_GOALS, "params:more,macs,memory"),
    )
    .addOption(format("text", "json"))
    .addHelpText(
      "after",
      "\nExample:\n  cnnc sweep examples/zoo/resnet.cnn --net ResNet --set n3=4..8 --set Unit=Basic",
    )
    .action(async (file: string, options) => done(await (await import("./commands/sweep.js")).sweep(file, options)));

  program
    .command("build")
    .description("write a model that other tools run, or its weights")
    .argument("<file>", "a program, - for standard input")
    .addOption(new Option("--target <target>", "what to write").choices(TARGETS).makeOptionMandatory())
    .requiredOption("-o, --output <path>", "the main file, or a folder for it")
    .addOption(net())
    .addOption(size())
    .addOption(seed("the weights"))
    .option("--weights <weights>", "init for those of the seed, none, or a .safetensors file", "init")
    .addOption(train("tfjs, PyTorch: also what trains it, "))
    .option("--fold-bn", "fold batch normalisations into the weights of the layers before them")
    .option("--opset <number>", `ONNX: the operator set, ${OPSETS.join(" to ")} (default: ${OPSETS[0]})`, opsetOf)
    .option("--external-data", "ONNX: the weights in a file of their own beside the model")
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc build examples/lecture14/lenet5.cnn --target onnx -o lenet5.onnx")
    .action(async (file: string, options) => done(await (await import("./commands/build.js")).build(file, options)));

  program
    .command("draw")
    .description("draw a net as a figure")
    .argument("<file>", "a program, - for standard input")
    .requiredOption("-o, --output <picture>", `the file; its ending decides the format: ${PICTURES.join(", ")}`)
    .addOption(net())
    .addOption(size())
    .addOption(
      new Option("--style <style>", "the layers and what flows between them, or the volumes of a chain")
        .choices(STYLES)
        .default(STYLES[0]),
    )
    .option("--depth <number>", "levels of block calls that are opened (default: what stays legible)", wholeFrom(0))
    .option("--no-fold", "draw every one of like layers and blocks in a row")
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc draw examples/lecture14/alexnet.cnn --style volume -o alexnet.svg")
    .action(async (file: string, options) => done(await (await import("./commands/draw.js")).draw(file, options)));

  program
    .command("run")
    .description("run a net on an input, with seeded weights")
    .argument("<file>", "a program, - for standard input")
    .addOption(net())
    .addOption(new Option("--backend <backend>", "what runs it").choices(["onnx", "tfjs"]).default("onnx"))
    .option(
      "--input <file>",
      "a .npy array (HxWxC or NxHxWxC) or a .png or .jpg picture, as name=file for one of several inputs; without one, seeded noise",
      (file: string, before: string[] = []) => [...before, file],
    )
    .addOption(size())
    .addOption(seed("the weights, and of the noise"))
    .option("--weights <weights>", "init for those of the seed, or a .safetensors file", "init")
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc run examples/lecture14/lenet5.cnn --backend tfjs")
    .action(async (file: string, options) => done(await (await import("./commands/run.js")).run(file, options)));

  program
    .command("train")
    .description(
      "train a net on a folder of images: MNIST's files, CIFAR's, or a folder of PNG or JPEG images for each class",
    )
    .argument("<file>", "a program, - for standard input")
    .requiredOption("--data <folder>", "where the images are")
    .addOption(net())
    .addOption(size())
    .option("--epochs <number>", "times through the data, instead of what the program says", wholeFrom(1))
    .option("--batch <number>", "images of a step, instead of what the program says", wholeFrom(1))
    .option("--lr <number>", "the learning rate, instead of what the program says", rateOf)
    .addOption(seed("the first weights, and of the order of the images"))
    .option("--weights <weights>", "init for those of the seed, or a .safetensors file to start from", "init")
    .addOption(new Option("--backend <backend>", "what computes").choices(["wasm", "cpu"]).default("wasm"))
    .option("-o, --out <file>", "where the weights go; by default <net>.safetensors")
    .option("--resume", "go on from the checkpoint beside the weights")
    .option("--limit-images <number>", "the most images to learn from, and to test with", wholeFrom(1))
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc train examples/lecture14/lenet5.cnn --data mnist --epochs 5")
    .action(async (file: string, options) => done(await (await import("./commands/train.js")).train(file, options)));

  program
    .command("verify")
    .description("build every target with one seed, run them on one input, compare the outputs")
    .argument("<file>", "a program, - for standard input")
    .addOption(net())
    .addOption(size())
    .addOption(seed("the weights, and of the input"))
    .option(
      "--targets <names>",
      `what to compare (${VERIFIED.join(", ")}), with commas; by default all that run here but the last`,
      targetsOf,
    )
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc verify examples/lecture14/lenet5.cnn")
    .action(async (file: string, options) => done(await (await import("./commands/verify.js")).verify(file, options)));

  const weights = program.command("weights").description("weights of other tools");
  weights
    .command("import")
    .description(
      "find out which tensors of another tool's model are which of a net, by order and shape, and write them by name",
    )
    .argument("<model>", "a .safetensors or .onnx file")
    .argument("<file>", "a program, - for standard input")
    .requiredOption("-o, --output <file>", "the .safetensors file")
    .addOption(net())
    .addOption(size())
    .addOption(format("text", "json"))
    .addHelpText(
      "after",
      "\nExample:\n  cnnc weights import resnet18.safetensors examples/zoo/resnet.cnn --net ResNet18 -o out/resnet18.safetensors",
    )
    .action(async (model: string, file: string, options) =>
      done(await (await import("./commands/weights-import.js")).weightsImport(model, file, options)),
    );

  program
    .command("explain")
    .description("what a diagnostic means")
    .argument("<code>", "such as CNN2101")
    .addOption(format("text", "json"))
    .addHelpText("after", "\nExample:\n  cnnc explain CNN2101")
    .action(async (code: string, options) => done((await import("./commands/explain.js")).explain(code, options)));

  program
    .command("lsp")
    .description("a language server for editors")
    .option("--stdio", "over standard input and output, which is the only way")
    .addHelpText("after", "\nExample, for an editor that starts it:\n  cnnc lsp --stdio")
    .action(async () => done(await (await import("./commands/lsp.js")).lsp(version())));

  const withoutLimits = ["explain", "lsp"];
  for (const command of [...program.commands, ...weights.commands])
    if (!withoutLimits.includes(command.name()) && command !== weights) command.addOption(limit());
  return program;
}

/** Runs a command. Never throws: what goes wrong is told and becomes the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? EXIT.fine : EXIT.internal),
  );
  resetLimits();
  let exitCode: number = EXIT.fine;
  const program = commands((code) => (exitCode = code));
  program.version(version(), "-V, --version");
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands: inner }) => inner)])
    command.exitOverride().showSuggestionAfterError().showHelpAfterError("(--help shows how)");
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    return exitCodeOf(error, args);
  }
  return exitCode;
}

/** The package's version; the file is found by the package's own name, so that bundling moves nothing. */
function version(): string {
  return (createRequire(import.meta.url)("cnnc/package.json") as { version: string }).version;
}

function exitCodeOf(error: unknown, args: readonly string[]): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (error instanceof ProgramError) return EXIT.program;
  if ((error as Error).name === "DivergenceError") {
    tellUsage(error as Error);
    return EXIT.program;
  }
  if (error instanceof UsageError || ["RunError", "TargetError"].includes((error as Error).name)) {
    tellUsage(error as Error);
    return EXIT.usage;
  }
  const { message, stack } = error as Error;
  tellFault(`the compiler itself failed: ${message}`, `while running: cnnc ${args.join(" ")}`);
  if (process.env["CNNC_DEBUG"]) note(stack ?? "");
  return EXIT.internal;
}
