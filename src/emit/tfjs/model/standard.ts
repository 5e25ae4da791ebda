/**
 * The layers of tfjs's own that are used, and what each saves of itself: its class name, and its configuration with all
 * defaults, as `getConfig` gives it (tfjs-layers 4.22). Tests hold it against what tfjs saves.
 */
import type { Config, ConfigValue, Start } from "../code.js";

export type Saved = string | number | boolean | null | readonly Saved[] | { readonly [name: string]: Saved };
export type SavedConfig = Readonly<Record<string, Saved>>;

interface SavedLayer {
  readonly className: string;
  /** The configuration without what all layers save. */
  saved(config: Config): SavedConfig;
}

const CHANNELS_LAST = { data_format: "channels_last" };
const ZEROS = { class_name: "Zeros", config: {} };
const ONES = { class_name: "Ones", config: {} };

/** A number for each axis, where one may stand for all. */
function axes(value: ConfigValue | undefined, count: number): Saved {
  return Array.isArray(value) ? (value as Saved) : Array<Saved>(count).fill((value ?? 1) as number);
}

const valueOr = (value: ConfigValue | undefined, otherwise: Saved): Saved => (value ?? otherwise) as Saved;

/** An initializer. tfjs saves its named ones as the variance scaling that they are. */
function initializer(value: ConfigValue | undefined): Saved {
  const start = value as Start;
  switch (start.start) {
    case "heUniform":
      return varianceScaling(2, "fan_in");
    case "glorotUniform":
      return varianceScaling(1, "fan_avg");
    case "constant":
      return { class_name: "Constant", config: { value: start.value } };
    default:
      return { class_name: "RandomUniform", config: { minval: -start.limit, maxval: start.limit, seed: null } };
  }
}

function varianceScaling(scale: number, mode: string): Saved {
  return { class_name: "VarianceScaling", config: { scale, mode, distribution: "uniform", seed: null } };
}

/** What dense layers and convolutions share. */
const biasConfig = ({ useBias }: Config): SavedConfig => ({
  activation: "linear",
  use_bias: valueOr(useBias, true),
  bias_initializer: ZEROS,
  bias_regularizer: null,
  activity_regularizer: null,
  bias_constraint: null,
});

function windowConfig(config: Config, count: number): SavedConfig {
  return {
    kernel_size: axes(config["kernelSize"], count),
    strides: axes(config["strides"], count),
    padding: valueOr(config["padding"], "valid"),
    ...biasConfig(config),
  };
}

const kernelConfig = ({ kernelInitializer }: Config): SavedConfig => ({
  kernel_initializer: initializer(kernelInitializer),
  kernel_regularizer: null,
  kernel_constraint: null,
});

const dilation = ({ dilationRate }: Config, count: number): SavedConfig => ({
  dilation_rate: axes(dilationRate, count),
});

const filters = ({ filters: count }: Config): SavedConfig => ({ filters: valueOr(count, null) });

function pooling(className: string, count: number): SavedLayer {
  return {
    className,
    saved: ({ poolSize, strides, padding }) => ({
      pool_size: axes(poolSize, count),
      padding: valueOr(padding, "valid"),
      strides: axes(strides, count),
      ...(count > 1 ? CHANNELS_LAST : {}),
    }),
  };
}

/** A layer with nothing to configure, or with the same for all. */
function plain(className: string, saved: SavedConfig = {}): SavedLayer {
  return { className, saved: () => saved };
}

const betaAndGamma: SavedConfig = {
  beta_initializer: ZEROS,
  gamma_initializer: ONES,
  beta_regularizer: null,
  gamma_regularizer: null,
};

export const standardLayers = {
  conv1d: {
    className: "Conv1D",
    saved: (config) => ({
      ...filters(config),
      ...kernelConfig(config),
      ...windowConfig(config, 1),
      ...dilation(config, 1),
    }),
  },
  conv2d: {
    className: "Conv2D",
    saved: (config) => ({
      ...filters(config),
      ...kernelConfig(config),
      ...windowConfig(config, 2),
      ...dilation(config, 2),
      ...CHANNELS_LAST,
    }),
  },
  conv2dTranspose: {
    className: "Conv2DTranspose",
    saved: (config) => ({
      ...filters(config),
      ...kernelConfig(config),
      ...windowConfig(config, 2),
      ...CHANNELS_LAST,
    }),
  },
  depthwiseConv2d: {
    className: "DepthwiseConv2D",
    saved: (config) => ({
      ...windowConfig(config, 2),
      ...dilation(config, 2),
      ...CHANNELS_LAST,
      depth_multiplier: valueOr(config["depthMultiplier"], 1),
      depthwise_initializer: initializer(config["depthwiseInitializer"]),
      depthwise_regularizer: null,
      depthwise_constraint: null,
    }),
  },
  dense: {
    className: "Dense",
    saved: (config) => ({ units: valueOr(config["units"], null), ...kernelConfig(config), ...biasConfig(config) }),
  },
  maxPooling1d: pooling("MaxPooling1D", 1),
  maxPooling2d: pooling("MaxPooling2D", 2),
  maxPooling3d: pooling("MaxPooling3D", 3),
  averagePooling1d: pooling("AveragePooling1D", 1),
  averagePooling2d: pooling("AveragePooling2D", 2),
  averagePooling3d: pooling("AveragePooling3D", 3),
  globalAveragePooling1d: plain("GlobalAveragePooling1D"),
  globalAveragePooling2d: plain("GlobalAveragePooling2D", CHANNELS_LAST),
  globalMaxPooling1d: plain("GlobalMaxPooling1D"),
  globalMaxPooling2d: plain("GlobalMaxPooling2D", CHANNELS_LAST),
  batchNormalization: {
    className: "BatchNormalization",
    saved: ({ momentum, epsilon }) => ({
      axis: -1,
      momentum: valueOr(momentum, 0.99),
      epsilon: valueOr(epsilon, 1e-3),
      center: true,
      scale: true,
      ...betaAndGamma,
      moving_mean_initializer: ZEROS,
      moving_variance_initializer: ONES,
      beta_constraint: null,
      gamma_constraint: null,
    }),
  },
  layerNormalization: {
    className: "LayerNormalization",
    saved: ({ axis, epsilon }) => ({
      axis: valueOr(axis, -1),
      epsilon: valueOr(epsilon, 1e-3),
      center: true,
      scale: true,
      ...betaAndGamma,
    }),
  },
  reLU: { className: "ReLU", saved: ({ maxValue }) => ({ max_value: valueOr(maxValue, null) }) },
  leakyReLU: { className: "LeakyReLU", saved: ({ alpha }) => ({ alpha: valueOr(alpha, 0.3) }) },
  prelu: {
    className: "PReLU",
    saved: ({ alphaInitializer, sharedAxes }) => ({
      alpha_initializer: initializer(alphaInitializer),
      alpha_regularizer: null,
      alpha_constraint: null,
      shared_axes: valueOr(sharedAxes, null),
    }),
  },
  elu: plain("ELU", { alpha: 1 }),
  softmax: { className: "Softmax", saved: ({ axis }) => ({ axis: valueOr(axis, -1) }) },
  activation: {
    className: "Activation",
    // tfjs writes all names of its own in snake case.
    saved: ({ activation }) => ({ activation: String(activation).replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`) }),
  },
  dropout: {
    className: "Dropout",
    saved: ({ rate, noiseShape }) => ({ rate: valueOr(rate, 0), noise_shape: valueOr(noiseShape, null), seed: null }),
  },
  flatten: plain("Flatten"),
  reshape: { className: "Reshape", saved: ({ targetShape }) => ({ target_shape: valueOr(targetShape, null) }) },
  permute: { className: "Permute", saved: ({ dims }) => ({ dims: valueOr(dims, null) }) },
  zeroPadding2d: {
    className: "ZeroPadding2D",
    saved: ({ padding }) => ({ padding: valueOr(padding, null), ...CHANNELS_LAST }),
  },
  cropping2D: {
    className: "Cropping2D",
    saved: ({ cropping }) => ({ cropping: valueOr(cropping, null), ...CHANNELS_LAST }),
  },
  upSampling2d: {
    className: "UpSampling2D",
    saved: ({ size }) => ({ size: valueOr(size, null), ...CHANNELS_LAST, interpolation: "nearest" }),
  },
  add: plain("Add"),
  multiply: plain("Multiply"),
  maximum: plain("Maximum"),
  average: plain("Average"),
  concatenate: { className: "Concatenate", saved: ({ axis }) => ({ axis: valueOr(axis, -1) }) },
} as const satisfies Record<string, SavedLayer>;

export type StandardLayer = keyof typeof standardLayers;
