/** `cnnc draw FILE -o PICTURE`: a network as a figure, in the format of the picture's ending. */
import { basename, dirname, extname, resolve } from "node:path";
import {
  bytesText,
  draw as drawNetwork,
  listWords,
  pictureFormats,
  textFile,
  toJson,
  type PictureStyle,
} from "../../../index.js";
import { writeFiles } from "../../../run/index.js";
import { bindSome, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, print, UsageError } from "../terminal.js";
import { checkWritable, writing } from "../writing.js";

export interface DrawOptions {
  output: string;
  net?: string;
  size?: Sizes;
  style: PictureStyle;
  depth?: number;
  fold: boolean;
  format: "text" | "json";
}

export async function draw(path: string, options: DrawOptions): Promise<number> {
  const { output, style, depth, fold } = options;
  const pictureFormat = pictureFormats.find((ending) => extname(output) === `.${ending}`);
  if (!pictureFormat) {
    const endings = listWords(
      pictureFormats.map((ending) => `.${ending}`),
      "or",
    );
    throw new UsageError(`${output}: the ending tells what to write, and has to be ${endings}`);
  }
  if (style === "volume" && depth !== undefined)
    throw new UsageError("--depth is for --style graph: volumes are one level");
  if (style === "volume" && !fold) throw new UsageError("--no-fold is for --style graph: volumes count what is alike");
  if (resolve(output) === resolve(path)) {
    throw new UsageError(`${path} is the program itself and would be overwritten: choose another output`);
  }
  const chosen = chooseNetwork(path, await networksOf(path, options.format, options.net), options.net);
  const network = bindSome(chosen, options.size);
  await checkWritable(output);
  const text = await drawNetwork(network, pictureFormat, { style, depth, isFolded: fold });
  const file = textFile(basename(output), text);
  await writing(output, () => writeFiles(dirname(output), [file]));
  const bytes = file.data.byteLength;
  if (options.format === "json")
    print(toJson({ schema: "cnnc-draw/1", net: network.name, style, path: output, bytes }));
  else print(`${output}  ${bytesText(bytes)}`);
  return EXIT.fine;
}
