// The gradient of a convolution with respect to its input: the wasm backend's own kernel, and the one of src/gradients.
// node bench/conv2d-gradients.mjs, after npm run build
import { registerWasmGradients } from "cnnc/gradients";
import { tensorFlow } from "cnnc/run";

const REPEATS = 7;

/** Batch, side, channels, window, filters, stride. */
const LAYERS = [
  ["LeNet-5, layer 1", 128, 32, 1, 5, 6, 1],
  ["LeNet-5, layer 2", 128, 14, 6, 5, 16, 1],
  ["LeNet-5, layer 3", 128, 5, 16, 5, 120, 1],
  ["VGG, 3x3, 64 filters", 4, 56, 64, 3, 64, 1],
  ["ResNet, 3x3/2, 128 filters", 8, 57, 64, 3, 128, 2],
  ["ResNet, 1x1, 256 filters", 8, 28, 128, 1, 256, 1],
  ["ResNet, 1x1/2, 256 filters", 8, 57, 128, 1, 256, 2],
  ["ResNet, 7x7/2, 64 filters of an image", 4, 229, 3, 7, 64, 2],
  ["AlexNet, 11x11/4, 96 filters of an image", 4, 227, 3, 11, 96, 4],
];

const tf = await tensorFlow("wasm");

function milliseconds([, batch, side, channels, window, filters, stride]) {
  const x = tf.randomUniform([batch, side, side, channels], 0, 1, "float32", 1);
  const filter = tf.randomUniform([window, window, channels, filters], -1, 1, "float32", 2);
  const size = Math.floor((side - window) / stride) + 1;
  const dy = tf.randomUniform([batch, size, size, filters], -1, 1, "float32", 3);
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    tf.conv2dTranspose(dy, filter, x.shape, stride, "valid").dispose();
    return performance.now() - start;
  });
  tf.dispose([x, filter, dy]);
  return times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)];
}

const own = LAYERS.map(milliseconds);
registerWasmGradients(tf);
LAYERS.forEach((layer, index) => {
  const ours = milliseconds(layer);
  const ratio = (own[index] / ours).toFixed(1);
  console.log(`${layer[0]}: ${own[index].toFixed(1)} ms, here ${ours.toFixed(1)} ms: ${ratio} times as fast`);
});
