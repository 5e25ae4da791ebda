/** The rules that look at networks: each with what it tells, from published nets and known mistakes, and what it lets pass. */
import { describe, test } from "vitest";
import type { LintConfig } from "../../src/lint/rule.js";
import { expectFindings } from "../harness.js";

/** Rule: what is told of which program, and a like one of which nothing is told. */
interface Case {
  readonly told: string;
  readonly says: string[];
  readonly fine: string[];
  readonly config?: LintConfig;
}

const residual = (branch: string, shortcut: string) =>
  `INPUT 56x56x64 - CONV3-64 no bias - BN - RELU\nADD { ${branch} | ${shortcut} } - RELU - GAP - FC-10`;

const cases: Record<string, Case> = {
  "bias-before-norm: torchvision's vgg11_bn": {
    told: "INPUT 224x224x3\n[CONV3-64 - BN - RELU - POOL2]*2 - GAP - FC-10",
    says: [`CNN3111 at "CONV3-64": the bias of conv1 has no effect: bn1 takes each channel's mean away`],
    fine: [
      "INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10",
      // The mean of LN is over all channels: that of one of them stays.
      "INPUT 32x32x3 - CONV4-96/4 pad 0 - LN - GELU - GAP - FC-10",
      // A second reader has the bias.
      "INPUT 32x32x3 - CONV3-16 - CONCAT { BN | RELU } - GAP - FC-10",
    ],
  },
  "linear-after-linear: AlexNet's dense layers without their ReLUs": {
    told: "INPUT 13x13x16 - CONV3-16 - RELU - GAP - FC-64 - DROPOUT 0.5 - FC-64 - FC-10",
    says: [
      'CNN3112 at "FC-64": fc1 and fc2 are one linear map: no activation or normalisation stands between them',
      'CNN3112 at "FC-10": fc2 and fc3 are one linear map: no activation or normalisation stands between them',
    ],
    fine: [
      // MobileNetV2's linear bottleneck, a depthwise separable pair, Inception's factorised window, a low rank.
      "INPUT 56x56x24 - CONV1-24 no bias - BN - CONV1-144 no bias - BN - RELU6 - GAP - FC-10",
      "INPUT 56x56x24 - DWCONV3 - CONV1-64 - RELU - GAP - FC-10",
      "INPUT 17x17x128 - CONV1x7-128 - CONV7x1-192 - RELU - GAP - FC-10",
      "INPUT 17x17x256 - CONV1-16 - CONV1-256 - RELU - GAP - FC-10",
    ],
  },
  "no-activation: the lecture's AlexNet typed from its slide": {
    told: "INPUT 13x13x256\nCONV3-384 - CONV3-384 - CONV3-256\nPOOL3/2 - GAP - FC-10",
    says: ['CNN3113 at "CONV3-384": net has no activation at all: conv1 and conv2 are one linear map'],
    fine: ["INPUT 28x28x1 - FC-10", "INPUT 28x28x1 - FC-10 - SOFTMAX"],
  },
  "no-activation: norms and means between convolutions are none": {
    told: "INPUT 32x32x3\nCONV3-16 no bias - BN - AVGPOOL2 - CONV3-32 no bias - BN - GAP - FC-10 - SOFTMAX",
    says: ['CNN3113 at "CONV3-32 no bias": net has no activation at all: conv1 and conv2 are one linear map'],
    fine: [
      // A maximum bends, a gate too.
      "INPUT 32x32x3 - CONV3-16 - POOL2 - CONV3-32 - POOL2 - FC-10 - SOFTMAX",
      "INPUT 32x32x16 - CONV3-16 - MUL { ID | GAP - FC-16 - SIGMOID } - GAP - FC-10",
      // Depthwise separable; principal components; a residual net that is bent further on.
      "INPUT 32x32x16 - DWCONV3 - CONV1-32",
      "INPUT 784 - FC-32 - FC-784",
      "INPUT 32x32x3 - CONV3-16 no bias - BN - CONV3-16 no bias - BN - RELU - GAP - FC-10",
    ],
  },
  "repeated-softmax": {
    told: "INPUT 28x28x1 - FC-10 - SOFTMAX - LOGSOFTMAX",
    says: ['CNN3114 at "LOGSOFTMAX": logsoftmax1 takes what softmax1 gives, which are probabilities already'],
    // The loss takes the softmax into itself.
    fine: ["INPUT 28x28x1 - FC-10 - SOFTMAX\ntrain { loss crossentropy }"],
  },
  "loss-activation: numbers that are cut at 0": {
    told: "INPUT 28x28x1 - FC-4 - RELU\ntrain { loss mse }",
    says: ['CNN3115 at "RELU": relu1 stands at the end, but loss mse wants numbers that may be below 0'],
    fine: [
      "INPUT 28x28x1 - FC-4\ntrain { loss mse }",
      "INPUT 28x28x1 - FC-4 - SIGMOID\ntrain { loss mse }",
      "INPUT 28x28x1 - FC-4 - LOGSOFTMAX\ntrain { loss crossentropy }",
      // SqueezeNet: its scores are means.
      "INPUT 13x13x16 - CONV1-10 - RELU - GAP\ntrain { loss crossentropy }",
    ],
  },
  "loss-activation: classes by themselves with a softmax": {
    told: "INPUT 28x28x1 - FC-4 - SOFTMAX\ntrain { loss binarycrossentropy }",
    says: [
      'CNN3115 at "SOFTMAX": softmax1 stands at the end, but loss binarycrossentropy wants scores without an activation, or a SIGMOID',
    ],
    fine: ["INPUT 28x28x1 - FC-4 - SIGMOID\ntrain { loss binarycrossentropy }"],
  },
  "single-class: a sigmoid whose loss is that of several classes": {
    told: "INPUT 28x28x1 - FC-1 - SIGMOID\ntrain { loss crossentropy }",
    // That a SOFTMAX would go with the loss is not told: it would be one over a single class.
    says: ['CNN3116 at "SIGMOID": sigmoid1 gives one score: the cross entropy of a single class is always 0'],
    fine: ["INPUT 28x28x1 - FC-1 - SIGMOID\ntrain { loss binarycrossentropy }"],
  },
  "single-class: cats against dogs": {
    told: "INPUT 64x64x3 - CONV3-16 - RELU - GAP - FC-1\ntrain { loss crossentropy }",
    says: ['CNN3116 at "FC-1": fc1 gives one score: the cross entropy of a single class is always 0'],
    fine: [
      "INPUT 64x64x3 - CONV3-16 - RELU - GAP - FC-1 - SIGMOID\ntrain { loss binarycrossentropy }",
      "INPUT 64x64x3 - CONV3-16 - RELU - GAP - FC-1",
    ],
  },
  "output-dropout": {
    told: "INPUT 28x28x1 - FC-64 - RELU - FC-10 - DROPOUT 0.5",
    says: ['CNN3117 at "DROPOUT 0.5": dropout1 drops what fc2 answers: no layer behind it makes up for that'],
    // EfficientNet, VGG.
    fine: [
      "INPUT 7x7x64 - CONV1-64 - RELU - GAP - DROPOUT 0.2 - FC-10",
      "INPUT 28x28x1 - FC-64 - DROPOUT 0.5 - RELU - FC-10",
    ],
  },
  "output-dropout: of probabilities": {
    told: "INPUT 28x28x1 - FC-64 - RELU - FC-10 - SOFTMAX - DROPOUT 0.2",
    says: ['CNN3117 at "DROPOUT 0.2": dropout1 drops what softmax1 answers: no layer behind it makes up for that'],
    // Features for another net.
    fine: ["INPUT 28x28x1 - FC-64 - RELU - DROPOUT 0.2"],
  },
  "dropout-before-norm: a unit of Wide ResNet": {
    told: "INPUT 56x56x64\nADD { BN - RELU - CONV3-64 - DROPOUT 0.3 - BN - RELU - CONV3-64 | ID } - RELU - GAP - FC-10",
    says: [
      'CNN3118 at "DROPOUT 0.3": dropout1 raises the variance that bn2 measures in training, but not when the net is used',
    ],
    fine: ["INPUT 7x7x64 - CONV1-64 no bias - BN - RELU - GAP - DROPOUT 0.2 - FC-10"],
  },
  "dropout-rate: a share that is kept": {
    told: "INPUT 28x28x1 - FC-64 - RELU - DROPOUT 0.85 - FC-10",
    says: ['CNN3119 at "DROPOUT 0.85": dropout1 keeps only 15 % of its values'],
    fine: ["INPUT 28x28x1 - FC-64 - RELU - DROPOUT 0.7 - FC-10", "let p = 0.1\nINPUT 8 - FC-8 - DROPPATH (p*0) - RELU"],
  },
  "repeated-activation: scores that are cut": {
    told: "INPUT 28x28x1 - FC-10 - RELU - SOFTMAX",
    says: ['CNN3120 at "SOFTMAX": softmax1 takes what relu1 gives: one of them will do'],
    fine: [
      "INPUT 13x13x16 - CONV1-10 - RELU - GAP - SOFTMAX",
      "INPUT 13x13x16 - CONV1-16 - RELU - MUL { ID | GAP - FC-4 - RELU - FC-16 - SIGMOID } - RELU - GAP - FC-10",
    ],
  },
  "repeated-norm: a block that starts with its own": {
    told: "INPUT 32x32x3 - CONV3-16 no bias - BN - BN - RELU - CONV3-16 - RELU - GAP - FC-10",
    says: ['CNN3121 at "BN": bn2 normalises what bn1 has normalised'],
    // DenseNet.
    fine: ["INPUT 32x32x3 - CONV3-16 no bias - BN - CONCAT { ID | BN - RELU - CONV3-8 } - BN - RELU - GAP - FC-10"],
  },
  "repeated-pool": {
    told: "INPUT 64x64x3 - CONV3-16 - RELU - POOL2 - POOL2 - CONV3-16 - RELU - GAP - FC-10",
    says: ['CNN3122 at "POOL2": pool2 pools what pool1 has pooled: no layer between them learns'],
    fine: [
      "INPUT 64x64x3 - CONV3-16 - RELU - POOL2 - ADAPTIVEAVGPOOL 7x7 - GAP - FC-10",
      "INPUT 13x13x64 - CONV1-16 - RELU - CONCAT { ID | POOL5/1 pad 2 | POOL5/1 pad 2 - POOL5/1 pad 2 } - GAP - FC-10",
    ],
  },
  "global-pool-of-one and padding-only-weights: ResNet's strides on 32x32 pixels": {
    told: "INPUT 32x32x3\nCONV7-64/2 - RELU - POOL3/2 pad 1 - [CONV3-64/2 - RELU]*2\nCONV3-64/2 - RELU - CONV3-64 - RELU - GAP - FC-10",
    says: [
      'CNN3124 at "CONV3": of the 3x3 window of conv4 only 2x2 ever meets the 2x2x64 that arrives: the rest sees padding',
      'CNN3124 at "CONV3": of the 3x3 window of conv5 only 1x1 ever meets the 1x1x64 that arrives: the rest sees padding',
      'CNN3123 at "GAP": gap1 pools nothing: 1x1x64 has one position already',
    ],
    fine: [
      "INPUT 224x224x3\nCONV7-64/2 - RELU - POOL3/2 pad 1 - [CONV3-64/2 - RELU]*3 - CONV3-64 - RELU - GAP - FC-10",
      // C3D: each weight meets one of two frames.
      "INPUT 2x7x7x64 - CONV3-64 - RELU - GAP - FC-10",
    ],
  },
  "padding-only-weights: DeepLab's rates": {
    told: "INPUT 33x33x64 - CONV3-64 dilation 36 pad 36 - RELU - GAP - FC-10",
    says: [
      'CNN3124 at "CONV3": of the 3x3 window of conv1 only 1x1 ever meets the 33x33x64 that arrives: the rest sees padding',
    ],
    fine: ["INPUT 33x33x64 - CONV3-64 dilation 18 pad 18 - RELU - GAP - FC-10"],
  },
  "even-window": {
    told: "INPUT 32x32x3 - CONV2-16 - RELU - GAP - FC-10",
    says: [
      'CNN3125 at "CONV2": the 2x2 window of conv1 has no middle: 32x32x3 becomes 31x31x16, moved by half a pixel',
    ],
    fine: [
      "INPUT 32x32x3 - CONV2-16 pad same - RELU - GAP - FC-10",
      "INPUT 32x32x3 - CONV4-16/4 pad 0 - RELU - GAP - FC-10",
      "INPUT 16000x1 - CONV80-16/4 - RELU - GAP - FC-10",
      // The gaps of a dilation make it odd again.
      "INPUT 32x32x3 - CONV2-16 dilation 2 - RELU - GAP - FC-10",
    ],
  },
  "skipped-pixels: the bottleneck of the first ResNet": {
    told: residual(
      "CONV1-64/2 no bias - BN - RELU - CONV3-64 no bias - BN - RELU - CONV1-256 no bias - BN",
      "AVGPOOL2 - CONV1-256 no bias - BN",
    ),
    says: ['CNN3126 at "2": conv2 takes steps of 2x2 with a 1x1 window: it never sees what lies between'],
    fine: [
      residual(
        "CONV1-64 no bias - BN - RELU - CONV3-64/2 no bias - BN - RELU - CONV1-256 no bias - BN",
        "CONV1-256/2 no bias - BN",
      ),
    ],
  },
  "strided-shortcut, where it is asked for": {
    told: residual("CONV3-128/2 no bias - BN - RELU - CONV3-128 no bias - BN", "CONV1-128/2 no bias - BN"),
    says: ['CNN3127 at "CONV1-128/2 no bias": conv4 carries over one position of each step and passes over the others'],
    fine: [residual("CONV3-128/2 no bias - BN - RELU - CONV3-128 no bias - BN", "AVGPOOL2 - CONV1-128 no bias - BN")],
    config: { rules: { "strided-shortcut": "info" } },
  },
  "dense-heavy: the end of VGG-16": {
    told: "INPUT 7x7x512 - CONV3-512 - RELU - FLATTEN - DROPOUT 0.5 - FC-4096 - RELU - FC-1000",
    says: [
      'CNN3128 at "FC-4096": fc1 holds 94 % of all parameters (102,764,544), one for each position of 7x7x512 and neuron',
    ],
    fine: [
      "INPUT 7x7x512 - CONV3-512 - RELU - GAP - FC-4096 - RELU - FC-1000",
      "INPUT 5x5x16 - CONV5-120 pad 0 - TANH - FC-84 - TANH - FC-10",
    ],
  },
  "tensor-core-channels: ShuffleNetV2 x1.0": {
    told: "INPUT 28x28x24 - CONV1-58 no bias - BN - RELU - CONV3-64 groups 2 no bias - BN - RELU - GAP - FC-10",
    says: [
      'CNN3129 at "CONV1-58 no bias": conv1 has 58 filters, no multiple of 8: 64 cost no more time',
      'CNN3129 at "CONV3-64 groups 2 no bias": conv2 has groups of 29 channels, no multiple of 8: 32 cost no more time',
    ],
    fine: ["INPUT 224x224x3 - CONV7-64/2 no bias - BN - RELU - GAP - FC-10 - SOFTMAX"],
    config: { target: "tensor cores" },
  },
  "receptive-field: a segmenter of 3x3 convolutions": {
    told: "INPUT 128x128x1 - [CONV3-16 - RELU]*6 - CONV1-2",
    says: [
      'CNN3130 at "CONV1-2": each position of conv7 sees 13x13 pixels, objects are 40 pixels large: none is ever seen whole',
    ],
    fine: [
      "INPUT 128x128x1 - [CONV3-16 - RELU - POOL2]*4 - CONV3-16 - RELU - CONV1-2",
      // A dense layer sees everything.
      "INPUT 16x16x1 - CONV3-4 - RELU - FC-10",
    ],
    config: { objectSize: 40 },
  },
  "needless-projection: ResNet's option C": {
    told: residual("CONV3-64 no bias - BN - RELU - CONV3-64 no bias - BN", "CONV1-64 no bias - BN"),
    says: [
      'CNN3131 at "CONV1-64 no bias": conv4 projects the shortcut of add1 to the shape that it has already: ID fits',
    ],
    fine: [
      residual("CONV1-64 no bias - BN - RELU - CONV3-256 no bias - BN", "CONV1-256 no bias - BN"),
      // RepVGG while it trains.
      residual("CONV3-64 no bias - BN", "CONV1-64 no bias - BN"),
    ],
  },
  "identical-branches: an Inception module with a line copied": {
    told: "INPUT 28x28x32 - CONV1-32 - RELU\nCONCAT { CONV1-16 | CONV3-16 | CONV3-16 | POOL3/1 pad 1 } - RELU - GAP - FC-10",
    says: [
      'CNN3132 at "CONCAT { CONV1-16 | CONV3-16 | CONV3-16 | POOL3/1 pad 1 }": branches 2 and 3 of concat1 are one layer written twice',
    ],
    fine: [
      // ResNeXt, figure 3(a): equal branches that are bent.
      residual("CONV1-4 - RELU - CONV3-4 - RELU - CONV1-64", "CONV1-4 - RELU - CONV3-4 - RELU - CONV1-64"),
      "INPUT 64 - FC-64 - RELU - MAX { FC-32 | FC-32 } - FC-10",
      "INPUT 64 - FC-64 - MUL { ID | ID } - RELU - FC-10",
    ],
  },
  "identical-branches: as GoogLeNet has them, each with its ReLU": {
    told: "INPUT 28x28x32 - CONV1-32 - RELU\nCONCAT { CONV1-16 - RELU | CONV3-16 no bias - BN - RELU | CONV3-16 no bias - BN - RELU } - GAP - FC-10",
    says: [
      'CNN3132 at "CONCAT { CONV1-16 - RELU | CONV3-16 no bias - BN - RELU | CONV3-16 no bias - BN - RELU }": branches 2 and 3 of concat1 are one layer written twice',
    ],
    fine: [
      // A sum of two ReLUs is none of one layer; a softmax is over its own branch.
      "INPUT 28x28x32 - CONV1-32 - RELU - ADD { CONV3-16 - RELU | CONV3-16 - RELU } - GAP - FC-10",
      "INPUT 28x28x32 - CONV1-32 - RELU - GAP - CONCAT { FC-4 - SOFTMAX | FC-4 - SOFTMAX }",
    ],
  },
  "identical-branches: without weights": {
    told: "INPUT 28x28x32 - CONV1-32 - RELU - ADD { POOL2 | POOL2 } - GAP - FC-10",
    says: ['CNN3132 at "ADD { POOL2 | POOL2 }": branches 1 and 2 of add1 give the same values'],
    fine: ["INPUT 28x28x32 - CONV1-32 - RELU - ADD { POOL2 | AVGPOOL2 } - GAP - FC-10"],
  },
  "padding-only-window: SqueezeNet's last convolution in Caffe": {
    told: "INPUT 13x13x64 - CONV1-64 - RELU - CONV1-10 pad 1 - RELU - GAP",
    says: [
      'CNN3133 at "1": conv2 pads its 1x1 window by 1: the results at the edge see no pixel and are its bias alone',
    ],
    fine: ["INPUT 227x227x3 - CONV11-96/4 pad 2 - RELU - GAP - FC-10"],
  },
  "does-nothing: as translated from PyTorch": {
    told: "INPUT 28x28x3 - CONV3-16 - RELU - GAP - FLATTEN - FC-10",
    says: ['CNN3134 at "FLATTEN": flatten1 gives what it gets'],
    fine: [
      "INPUT 28x28x3 - CONV3-16 - RELU - FLATTEN - FC-10",
      // It does something for one of the two.
      "block Fit(n) { RESIZE n x n - CONV3-8 - RELU }\nINPUT 28x28x3 - Fit(28) - Fit(14) - GAP - FC-10",
    ],
  },
  "depth-multiplier: written as if it were a convolution": {
    told: "INPUT 28x28x3 - DWCONV3-48 - RELU - CONV1-16 - RELU - GAP - FC-10",
    says: [
      'CNN3135 at "48": dwconv1 makes 16 maps of each of 3 channels, and none of several: its count is no number of filters',
    ],
    fine: ["INPUT 28x28x32 - DWCONV3-32 - RELU - CONV1-16 - RELU - GAP - FC-10"],
  },
  "small-batch-norm: a segmenter of large images": {
    told: "INPUT 64x64x3 - CONV3-16 no bias - BN - RELU - CONV1-2\ntrain { batch 2 }",
    says: ['CNN3136 at "train { batch 2 }": bn1 takes its statistics of 2 images: they say little of all images'],
    fine: [
      "INPUT 64x64x3 - CONV3-16 no bias - BN - RELU - CONV1-2\ntrain { batch 32 }",
      "INPUT 64x64x3 - CONV3-32 - GN-32 - RELU - CONV1-2\ntrain { batch 1 }",
    ],
  },
  "high-learning-rate: a recipe for sgd": {
    told: "INPUT 28x28x1 - FC-10\ntrain { optimizer adamw lr 0.1 }",
    says: [
      'CNN3137 at "train { optimizer adamw lr 0.1 }": adamw with lr 0.1 moves every weight by about 0.1 in each step',
    ],
    fine: [
      "INPUT 28x28x1 - FC-10\ntrain { optimizer sgd lr 0.1 momentum 0.9 }",
      "INPUT 28x28x1 - FC-10\ntrain { optimizer adam }",
    ],
  },
  "coupled-decay: ConvNeXt's decay": {
    told: "INPUT 28x28x1 - FC-10\ntrain { optimizer adam decay 0.05 }",
    says: [
      'CNN3138 at "train { optimizer adam decay 0.05 }": adam divides its decay of 0.05 by the size of gradients: adamw applies it as it is',
    ],
    fine: [
      "INPUT 28x28x1 - FC-10\ntrain { optimizer adamw decay 0.05 }",
      "INPUT 28x28x1 - FC-10\ntrain { optimizer sgd decay 5e-4 }",
    ],
  },
  "idle-schedule: ImageNet's steps for ten epochs": {
    told: "INPUT 28x28x1 - FC-10\ntrain { schedule step every 30, epochs 10 }",
    says: [
      'CNN3139 at "train { schedule step every 30, epochs 10 }": the learning rate falls after 30 epochs, but there are 10 epochs',
    ],
    fine: [
      "INPUT 28x28x1 - FC-10\ntrain { schedule step every 30, epochs 90 }",
      "INPUT 28x28x1 - FC-10\ntrain { schedule cosine warmup 5, epochs 90 }",
    ],
  },
  "relu-before-add: the last ReLU inside of the branch": {
    told: residual("CONV3-64 no bias - BN - RELU - CONV3-64 no bias - BN - RELU", "ID"),
    says: ['CNN3140 at "RELU": relu3 lets the branch of add1 only add to its shortcut, never subtract'],
    fine: [
      residual("CONV3-64 no bias - BN - RELU - CONV3-64 no bias - BN", "ID"),
      // YOLOv3.
      residual("CONV1-32 no bias - BN - LRELU 0.1 - CONV3-64 no bias - BN - LRELU 0.1", "ID"),
      // A pyramid adds maps of two layers: neither is the other's shortcut.
      "INPUT 32x32x3\na: CONV3-16/2 - RELU\nCONV3-16/2 - RELU - UPSAMPLE2 - ADD { ID | @a - CONV1-16 - RELU } - GAP - FC-10",
      // LinkNet: what comes up from a smaller map is no residual of the level that it is added to.
      "INPUT 32x32x3\na: CONV3-16/2 - RELU\nCONV3-32/2 - RELU - UPCONV2-16/2 - RELU - ADD { ID | @a } - GAP - FC-10",
    ],
  },
  "saturating-activation: LeNet-5 with sigmoids": {
    told: "INPUT 32x32x1\nCONV5-6 pad 0 - SIGMOID - AVGPOOL2 - CONV5-16 pad 0 - SIGMOID - AVGPOOL2 - FC-120 - SIGMOID - FC-84 - SIGMOID - FC-10",
    says: [
      'CNN3141 at "SIGMOID": sigmoid1 is one of 4 hidden sigmoids: each lets a quarter of the gradient through at most',
    ],
    fine: [
      "INPUT 32x32x1\n[CONV5-6 pad 0 - TANH - AVGPOOL2]*2 - FC-120 - TANH - FC-84 - TANH - FC-10",
      "INPUT 8x8x16 - [CONV3-16 - MUL { ID | GAP - FC-4 - RELU - FC-16 - SIGMOID } - RELU]*4 - GAP - FC-10 - SIGMOID",
    ],
  },
};

describe.each(Object.entries(cases))("%s", (_name, { told, says, fine, config }) => {
  test("is told", () => expectFindings(told, says, config));
  test.each(fine)("is not told of %j", (text) => expectFindings(text, [], config));
});
