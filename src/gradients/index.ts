/** `cnnc/gradients`: training in the wasm backend of TensorFlow.js. */
export { registerWasmGradients, type TensorFlow } from "./register.js";
