/** The part of an emitted module that reads and writes weights by cnnc's names. Their order is Keras's own. */
export const WEIGHTS = `
# How cnnc calls what Keras calls otherwise.
KINDS = {
    "kernel": "weight",
    "gamma": "scale",
    "beta": "bias",
    "moving_mean": "mean",
    "moving_variance": "variance",
}


def tensors_of(model):
    """The tensors of a model by their names in cnnc."""
    for layer in model.layers:
        for tensor in layer.weights:
            if "seed_generator" not in tensor.path:
                yield f"{layer.name}.{KINDS.get(tensor.name, tensor.name)}", tensor


def load_weights(model, path):
    """Loads weights from a safetensors file of cnnc into a model."""
    stored = load_file(path)
    for name, tensor in tensors_of(model):
        tensor.assign(stored[name].reshape(tensor.shape))


def save_weights(model, path):
    """Writes the weights of a model as a safetensors file that cnnc and all of its targets read."""
    stored = {}
    for name, tensor in tensors_of(model):
        values = ops.convert_to_numpy(tensor)
        layer = model.get_layer(name.rsplit(".", 1)[0])
        if isinstance(layer, (layers.DepthwiseConv1D, layers.DepthwiseConv2D)) and values.ndim > 1:
            # Filters are counted over all channels in cnnc.
            values = values.reshape(*values.shape[:-2], 1, -1)
        stored[name] = values
    save_file(stored, path, metadata={"format": "cnnc", "net": NET_NAME})
`;
