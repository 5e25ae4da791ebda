/** The part of a training script that goes through the data: the same in one process and in many. */
export const LOOP = `
def batches(data, batch, seed, epoch, shuffled, arguments):
    """Batches of this process; all processes together go through the data once."""
    if dist.is_initialized():
        sampler = DistributedSampler(data, shuffle=shuffled, seed=seed)
        sampler.set_epoch(epoch)
        batch = max(1, batch // dist.get_world_size())
    elif shuffled:
        sampler = RandomSampler(data, generator=torch.Generator().manual_seed(seed * 1_000_003 + epoch))
    else:
        sampler = SequentialSampler(data)
    return DataLoader(data, sampler=BatchSampler(sampler, batch, False), batch_size=None, num_workers=arguments.workers)


def outputs_of(model, images):
    results = model(images)
    return results if isinstance(results, tuple) else (results,)


def count_right(outputs, labels):
    """How many images are found right, by the first output."""
    first = outputs[0].detach()
    return ((IS_RIGHT) == labels).sum()


def summed(values, device):
    """Sums over all processes."""
    total = torch.tensor(values, dtype=torch.float64, device=device)
    if dist.is_initialized():
        dist.all_reduce(total)
    return total.tolist()


def evaluate(model, data, arguments, device):
    """The mean loss, and the part of the images whose class is found."""
    model.eval()
    loss = right = seen = 0.0
    with torch.no_grad():
        for images, labels in batches(data, 512, 0, 0, False, arguments):
            images, labels = images.to(device), labels.to(device)
            outputs = outputs_of(model, images)
            loss += loss_of(outputs, labels).item() * len(labels)
            right += count_right(outputs, labels).item()
            seen += len(labels)
    loss, right, seen = summed([loss, right, seen], device)
    return loss / seen, right / seen


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


def whole_model(model, arguments):
    """The model with all of its weights in this process, also where they are spread over many; None but in the first."""
    inner = model
    if arguments.fsdp:
        from torch.distributed.fsdp import FullStateDictConfig, FullyShardedDataParallel, StateDictType

        config = FullStateDictConfig(offload_to_cpu=True, rank0_only=True)
        with FullyShardedDataParallel.state_dict_type(model, StateDictType.FULL_STATE_DICT, config):
            state = model.state_dict()
        if dist.get_rank() != 0:
            return None
        inner = new_model()
        inner.load_state_dict(state)
    elif isinstance(model, DistributedDataParallel):
        inner = model.module
    return inner


def write(path, save):
    """A file that is never half written."""
    unfinished = f"{path}.unfinished"
    save(unfinished)
    os.replace(unfinished, path)


def parse_arguments():
    parser = argparse.ArgumentParser(description="Trains CLASS_NAME with the recipe of its program.")
    parser.add_argument("--data", required=True, help="where the images are")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--batch", type=int, default=BATCH, help="images of a step, of all processes together")
    parser.add_argument("--lr", type=float, default=LEARNING_RATE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weights", help="a .safetensors file to start from")
    parser.add_argument("--out", default="CLASS_NAME.safetensors", help="where the weights go")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint beside the weights")
    parser.add_argument("--fsdp", action="store_true", help="spread the weights over the processes, too (needs GPUs)")
    parser.add_argument("--workers", type=int, default=0, help="processes that read images, for each one that trains")
    parser.add_argument("--limit", type=int, help="the most images to learn from, and to test with")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    is_gpu = torch.cuda.is_available()
    # torchrun says in the environment which of the processes this one is.
    if "RANK" in os.environ:
        dist.init_process_group("nccl" if is_gpu else "gloo")
    rank = dist.get_rank() if dist.is_initialized() else 0
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)) if is_gpu else None) if is_gpu else torch.device("cpu")
    if is_gpu:
        torch.cuda.set_device(device)
    train, test = read_data(arguments.data, arguments.limit)
    model = new_model()
    if arguments.weights:
        load_weights(model, arguments.weights)
    checkpoint = Path(f"{arguments.out.removesuffix('.safetensors')}.checkpoint.pt")
    before = torch.load(checkpoint, map_location="cpu") if arguments.resume and checkpoint.exists() else None
    if arguments.resume and before is None:
        raise SystemExit(f"{checkpoint}: there is no checkpoint to go on from; leave --resume out to begin")
    if before:
        model.load_state_dict(before["model"])
    model = model.to(device)
    if arguments.fsdp:
        if not (is_gpu and dist.is_initialized()):
            raise SystemExit("--fsdp spreads the weights over GPUs: start the script with torchrun, on a machine that has some")
        from torch.distributed.fsdp import FullyShardedDataParallel

        model = FullyShardedDataParallel(model, device_id=device)
    elif dist.is_initialized():
        model = DistributedDataParallel(model, device_ids=[device.index] if is_gpu else None)
    optimizer = optimizer_for(model, arguments)
    plateau = {"best": math.inf, "waited": 0, "reduction": 1.0}
    first_epoch = 0
    if before:
        if before["optimizer"] is not None:
            optimizer.load_state_dict(before["optimizer"])
        plateau, first_epoch = before["plateau"], before["epoch"]
    for epoch in range(first_epoch, arguments.epochs):
        start = time.perf_counter()
        model.train()
        loss_sum = right = seen = 0.0
        loader = batches(train, arguments.batch, arguments.seed, epoch, True, arguments)
        steps = len(loader)
        rate = arguments.lr
        for step, (images, labels) in enumerate(loader):
            images, labels = images.to(device), labels.to(device)
            rate = learning_rate(arguments.lr, epoch, step / steps, steps, arguments.epochs, plateau)
            for group in optimizer.param_groups:
                group["lr"] = rate
            outputs = outputs_of(model, images)
            loss = loss_of(outputs, labels)
            value = loss.item()
            if not math.isfinite(value):
                place = first_not_finite(model, images)
                raise SystemExit(f"the loss is {value} in step {step + 1} of epoch {epoch + 1}; the first values that are no numbers any more are those of {place}: try a smaller learning rate than {rate:g}")
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            loss_sum += value * len(labels)
            right += count_right(outputs, labels).item()
            seen += len(labels)
        seconds = time.perf_counter() - start
        loss_sum, right, seen = summed([loss_sum, right, seen], device)
        end_epoch(plateau, loss_sum / seen)
        line = f"epoch {epoch + 1}/{arguments.epochs}  loss {loss_sum / seen:.4f}  accuracy {right / seen:.2%}"
        if test is not None:
            _, accuracy = evaluate(model, test, arguments, device)
            line += f"  test {accuracy:.2%}"
        whole = whole_model(model, arguments)
        if rank == 0:
            state = None if arguments.fsdp else optimizer.state_dict()
            kept = {"model": whole.state_dict(), "optimizer": state, "plateau": plateau, "epoch": epoch + 1}
            write(checkpoint, lambda path: torch.save(kept, path))
            write(arguments.out, lambda path: save_weights(whole, path))
            print(f"{line}  lr {rate:.3g}  {seconds:.1f} s, {seen / seconds:,.0f} images/s", flush=True)
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
`;
