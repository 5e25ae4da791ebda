/** The part of a training script that has the whole model in every process: alone, data parallel, or sharded (ZeRO). */
export const PARALLEL = `
class Diverged(Exception):
    """A loss that is no number: its value, and where the first values are that are none."""


def precise(arguments, device):
    """Where layers compute in bfloat16, if that is wanted; weights stay float32."""
    return torch.autocast(device.type, torch.bfloat16, enabled=arguments.precision == "bfloat16")


def outputs_of(results):
    return tuple(value.float() for value in (results if isinstance(results, tuple) else (results,)))


def count_right(outputs, labels):
    """How many images are found right, by the first output."""
    first = outputs[0].detach()
    return ((IS_RIGHT) == labels).sum().item()


def by_name(model, state):
    """The state of an optimizer by the names of the parameters, which are the same however they are spread."""
    names = [name for name, _ in model.named_parameters()]
    return {names[index] if isinstance(index, int) else index: values for index, values in state.items()}


def by_number(model, optimizer, named):
    """The state as an optimizer of the model takes it."""
    names = [name for name, _ in model.named_parameters()]
    numbered = {index: named[name] for index, name in enumerate(names) if name in named}
    [group] = optimizer.param_groups
    return {"state": numbered, "param_groups": [{**group, "params": list(range(len(names)))}]}


class Whole:
    """The whole model in each process: alone, or with others that have other images."""

    has_images = has_labels = True

    def __init__(self, model, arguments, device):
        self.arguments, self.device = arguments, device
        together = dist.is_initialized()
        self.replica, self.replicas = (dist.get_rank(), dist.get_world_size()) if together else (0, 1)
        if arguments.zero and not together:
            raise SystemExit("--zero shares out among processes: start the script with torchrun")
        self.is_sharded = arguments.zero >= 2
        model = model.to(device)
        if self.is_sharded:
            sharded(model, arguments)
        elif together:
            # Of images with one channel the order in memory is any, and of its gradients too.
            warnings.filterwarnings("ignore", message="Grad strides do not match bucket view strides")
            devices = [device.index] if device.type == "cuda" else None
            model = DistributedDataParallel(model, device_ids=devices, gradient_as_bucket_view=True)
        self.model = model
        self.inner = model.module if isinstance(model, DistributedDataParallel) else model
        kind, options = OPTIMIZER
        if arguments.zero == 1:
            from torch.distributed.optim import ZeroRedundancyOptimizer

            self.optimizer = ZeroRedundancyOptimizer(model.parameters(), kind, lr=arguments.lr, **options)
        else:
            self.optimizer = kind(model.parameters(), lr=arguments.lr, **options)

    def apply(self, images):
        with precise(self.arguments, self.device):
            return outputs_of(self.model(images))

    def learn(self, images, labels):
        """One step; the sum of the losses of the images, how many were found right, and how many there are."""
        images, labels = images.to(self.device), labels.to(self.device)
        outputs = self.apply(images)
        loss = loss_of(outputs, labels)
        value = loss.item()
        if not math.isfinite(value):
            raise Diverged(value, first_not_finite(self.model, images))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return value * len(labels), count_right(outputs, labels), len(labels)

    def look(self, images, labels):
        """The same of images that nothing is learnt from."""
        images, labels = images.to(self.device), labels.to(self.device)
        outputs = self.apply(images)
        return loss_of(outputs, labels).item() * len(labels), count_right(outputs, labels), len(labels)

    def gathered(self):
        """The model with all of its weights and the state of the optimizer by name; None but in the first process."""
        if self.is_sharded:
            weights, state = state_dicts(self.model, self.optimizer)
            if self.replica != 0:
                return None
            inner = new_model()
            inner.load_state_dict(weights)
            return inner, state["state"]
        if self.arguments.zero == 1:
            self.optimizer.consolidate_state_dict(to=0)
        if self.replica != 0:
            return None
        return self.inner, by_name(self.inner, self.optimizer.state_dict()["state"])

    def restore(self, named):
        """Goes on with a state of the optimizer."""
        if self.is_sharded:
            restore_sharded(self.model, self.optimizer, named)
        else:
            self.optimizer.load_state_dict(by_number(self.inner, self.optimizer, named))


def sharded(model, arguments):
    """Shares out weights, gradients and the optimizer's state (FSDP); modules with many weights are units by themselves."""
    try:
        from torch.distributed.fsdp import fully_shard
    except ImportError:
        raise SystemExit(f"--zero {arguments.zero} needs PyTorch 2.6, and this is {torch.__version__}: take --zero 1")

    def unit(module):
        fully_shard(module, reshard_after_forward=arguments.zero == 3)

    def wrap(module):
        """How many weights of a module are in no unit."""
        own = sum(parameter.numel() for parameter in module.parameters(recurse=False))
        own += sum(wrap(child) for child in module.children())
        if own < UNIT_PARAMS:
            return own
        unit(module)
        return 0

    for child in model.children():
        wrap(child)
    unit(model)


def state_dicts(model, optimizer):
    """All weights, and the state of the optimizer by name, in the memory of the first process."""
    from torch.distributed.checkpoint.state_dict import StateDictOptions, get_state_dict

    return get_state_dict(model, optimizer, options=StateDictOptions(full_state_dict=True, cpu_offload=True))


def restore_sharded(model, optimizer, named):
    """Gives each process its share of the state of the optimizer."""
    from torch.distributed.checkpoint.state_dict import StateDictOptions, set_optimizer_state_dict

    [group] = optimizer.param_groups
    names = [name for name, _ in model.named_parameters()]
    state = {"state": named, "param_groups": [{**group, "params": names}]}
    set_optimizer_state_dict(model, optimizer, state, options=StateDictOptions(full_state_dict=True))


def first_not_finite(model, images):
    """The module that is the first to give a value that is no number."""
    found = []

    def look(name):
        def hook(_module, _inputs, output):
            if not found and torch.is_tensor(output) and not output.isfinite().all():
                found.append(name)

        return hook

    hooks = [module.register_forward_hook(look(name)) for name, module in model.named_modules() if name]
    with torch.no_grad():
        model(images)
    for hook in hooks:
        hook.remove()
    return found[0].removeprefix("module.") if found else "the loss"
`;
