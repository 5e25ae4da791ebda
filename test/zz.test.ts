import { test } from "vitest";
import { readFileSync } from "node:fs";
import { emitTfjs } from "../src/emit/tfjs/emit.js";
import { dump } from "../src/ir/dump.js";
import { networkOf } from "./harness.js";
import { verify } from "../src/run/verify.js";
test("x", async () => {
  for (const text of readFileSync("/tmp/g.cnn", "utf8").split("=====\n")) {
  console.log(text); let network: any; try { network = networkOf(text);} catch (e) { console.log("" + (e as Error).message, (e as any).actual); continue; }
  console.log(JSON.stringify(network.nodes.map(n => [n.id, n.name, n.op, n.inputs.join(), n.type.shape.join("x")].join(" ")), null, 1), network.inputs, network.outputs);
  const files = await emitTfjs(network, { seed: 0, weights: "none", stem: "model" });
  for (const f of files.slice(-1)) console.log(Buffer.concat([...f.data.chunks()]).toString());
  console.log(await verify(network, 3)); 
  }
});
