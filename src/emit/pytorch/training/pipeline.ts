/** The part of a training script that has some layers in each process, a pipeline that the batch goes through in parts. */
export const PIPELINE = `
class Modules(torch.fx.Tracer):
    """Follows the values through a model; what holds no other modules is one step."""

    def is_leaf_module(self, module, path):
        return not list(module.children()) or super().is_leaf_module(module, path)


def cut(model, layers):
    """The model as modules that run one after the other; each but the first begins with one of the layers."""
    nodes = list(Modules().trace(model).nodes)
    position = {node: index for index, node in enumerate(nodes)}
    paths = {name.rpartition(".")[0]: path for name, _, _, path in tensors_of(model)}

    def passing(start):
        """The values from before a place that are read behind it."""
        return [node for node in nodes[:start] if any(position[user] >= start for user in node.users)]

    cuts = [(0, None)]
    for layer in layers:
        found = [index for index, node in enumerate(nodes) if node.op == "call_module" and node.target == paths.get(layer)]
        if not found or found[0] <= cuts[-1][0]:
            raise SystemExit(f"--stages: {layer} is no layer with weights behind the ones before it")
        start = found[0]
        # What a layer reads may only be another view of what others read too.
        while len(passing(start)) != 1 and nodes[start - 1].op != "call_module" and start - 1 > cuts[-1][0]:
            start -= 1
        given = passing(start)
        if len(given) != 1:
            raise SystemExit(f"--stages: {layer} is no place to cut, as {len(passing(found[0]))} values go on there")
        cuts.append((start, given[0]))
    pieces = []
    for (start, given), (end, result) in zip(cuts, [*cuts[1:], (len(nodes), None)]):
        graph = torch.fx.Graph()
        copies = {} if given is None else {given: graph.placeholder("value")}
        for node in nodes[start:end]:
            copies[node] = graph.node_copy(node, copies.__getitem__)
        if result is not None:
            graph.output(copies[result])
        pieces.append(torch.fx.GraphModule(model, graph))
    return pieces


class Pipelined:
    """Some of the layers in each process; several such pipelines share the batch."""

    def __init__(self, model, arguments, device):
        pieces = cut(model, arguments.stages)
        self.stages = len(pieces)
        world = dist.get_world_size() if dist.is_initialized() else 1
        if world % self.stages:
            raise SystemExit(f"{self.stages} stages need as many processes, or a multiple of them, and there is {world}")
        self.arguments, self.device, self.rank = arguments, device, dist.get_rank()
        self.replica, self.stage = divmod(self.rank, self.stages)
        self.replicas = world // self.stages
        self.has_images, self.has_labels = self.stage == 0, self.stage == self.stages - 1
        # Those that have the same layers; every process makes all groups.
        groups = [dist.new_group(list(range(stage, world, self.stages))) for stage in range(self.stages)]
        self.group = groups[self.stage]
        self.reads, self.gives = shapes_of(pieces)[self.stage]
        self.model = pieces[self.stage].to(device)
        kind, options = OPTIMIZER
        self.optimizer = kind(self.model.parameters(), lr=arguments.lr, **options)

    def trade(self, neighbour, given, shape):
        """Gives a value to the next stage (1) or to the one before (-1), and takes one of a shape from it."""
        if not 0 <= self.stage + neighbour < self.stages:
            return None
        kind = torch.bfloat16 if self.arguments.precision == "bfloat16" else torch.float32
        peer, operations, taken = self.rank + neighbour, [], None
        if given is not None:
            operations.append(dist.P2POp(dist.isend, given.detach().to(kind).contiguous(), peer))
        if shape is not None:
            taken = torch.empty(shape, dtype=kind, device=self.device)
            operations.append(dist.P2POp(dist.irecv, taken, peer))
        for request in dist.batch_isend_irecv(operations):
            request.wait()
        return taken

    def apply(self, value):
        with precise(self.arguments, self.device):
            return self.model(value)

    def learn(self, images, labels):
        """One step, in parts: each goes backward as soon as it can, so that few are kept."""
        count = len(labels)
        labels = labels.to(self.device).split(-(-count // self.arguments.micro_batches))
        images = images.split(len(labels[0])) if self.has_images else None
        # A part on its way to the last stage, and that of every stage behind this one.
        ahead = min(len(labels), self.stages - self.stage - 1)
        sums = [0.0, 0.0, 0.0]
        on_their_way = []

        def shapes(index):
            return [None if shape is None else (len(labels[index]), *shape) for shape in (self.reads, self.gives)]

        def forward(index, value):
            value = images[index].to(self.device) if self.has_images else value.float().requires_grad_()
            result = self.apply(value)
            if self.has_labels:
                outputs = outputs_of(result)
                loss = loss_of(outputs, labels[index])
                if not math.isfinite(loss.item()):
                    raise Diverged(loss.item(), first_not_finite(self.model, value))
                size = len(labels[index])
                for place, term in enumerate((loss.item() * size, count_right(outputs, labels[index]), size)):
                    sums[place] += term
                result = loss * (size / count)
            on_their_way.append((value, result))
            return result

        def backward(gradient):
            value, result = on_their_way.pop(0)
            result.backward(None if gradient is None else gradient.to(result.dtype))
            return value.grad

        self.optimizer.zero_grad(set_to_none=True)
        for index in range(ahead):
            self.trade(1, forward(index, self.trade(-1, None, shapes(index)[0])), None)
        given = self.trade(-1, None, shapes(ahead)[0]) if ahead < len(labels) else None
        for index in range(ahead, len(labels)):
            done = index - ahead
            gradient = self.trade(1, forward(index, given), shapes(done)[1])
            gradient = backward(gradient)
            given = self.trade(-1, gradient, shapes(index + 1)[0] if index + 1 < len(labels) else None)
        for index in range(len(labels) - ahead, len(labels)):
            self.trade(-1, backward(self.trade(1, None, shapes(index)[1])), None)
        if self.replicas > 1:
            for parameter in self.model.parameters():
                dist.all_reduce(parameter.grad, group=self.group)
                parameter.grad /= self.replicas
        self.optimizer.step()
        return sums

    def look(self, images, labels):
        """The loss and the images found right, of images that nothing is learnt from; told by the last stage."""
        reads = None if self.reads is None else (len(labels), *self.reads)
        value = self.trade(-1, None, reads)
        result = self.apply(images.to(self.device) if self.has_images else value.float())
        if not self.has_labels:
            self.trade(1, result, None)
            return 0.0, 0.0, 0.0
        labels, outputs = labels.to(self.device), outputs_of(result)
        return loss_of(outputs, labels).item() * len(labels), count_right(outputs, labels), len(labels)

    def gathered(self):
        """The model with all of its weights and the state of the optimizer by name; None but in the first process."""
        weights = {name: value.cpu() for name, value in self.model.state_dict().items()}
        own = (weights, by_name(self.model, self.optimizer.state_dict()["state"]))
        every = [None] * dist.get_world_size()
        dist.all_gather_object(every, own)
        if self.rank != 0:
            return None
        inner, named = new_model(), {}
        whole = inner.state_dict()
        for weights, state in every[: self.stages]:
            whole.update(weights)
            named.update(state)
        inner.load_state_dict(whole)
        return inner, named

    def restore(self, named):
        """Goes on with a state of the optimizer."""
        self.optimizer.load_state_dict(by_number(self.model, self.optimizer, named))


def shapes_of(pieces):
    """What each of the modules in a row reads and gives, without the batch; None for what comes from or goes out of the row."""
    height, width, channels = SIZE
    value, shapes = torch.zeros(1, channels, height, width), [None]
    with torch.no_grad():
        for piece in pieces[:-1]:
            value = piece.eval()(value)
            shapes.append(tuple(value.shape[1:]))
    return list(zip(shapes, [*shapes[1:], None]))
`;
