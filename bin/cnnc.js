#!/usr/bin/env node
import module from "node:module";

// Where Node has it, compiled code is kept between runs: most of a small command is loading.
module.enableCompileCache?.();

const { main } = await import("../dist/bundle/cnnc.js");
process.exitCode = await main(process.argv.slice(2));
