/** The part of a training script that goes through the data: the same in one process and in many. */
export const LOOP = `
def batches(data, batch, seed, epoch, shuffled, runner):
    """Batches of this process; all processes together go through the data once."""
    data.skips_images = not runner.has_images
    if runner.replicas > 1:
        sampler = DistributedSampler(data, runner.replicas, runner.replica, shuffle=shuffled, seed=seed)
        sampler.set_epoch(epoch)
        batch = max(1, batch // runner.replicas)
    elif shuffled:
        sampler = RandomSampler(data, generator=torch.Generator().manual_seed(seed * 1_000_003 + epoch))
    else:
        sampler = SequentialSampler(data)
    workers = runner.arguments.workers
    return DataLoader(data, sampler=BatchSampler(sampler, batch, False), batch_size=None, num_workers=workers)


def summed(values, device):
    """Sums over all processes."""
    total = torch.tensor(values, dtype=torch.float64, device=device)
    if dist.is_initialized():
        dist.all_reduce(total)
    return total.tolist()


def evaluate(runner, data):
    """The mean loss, and the part of the images whose class is found."""
    runner.model.eval()
    sums = [0.0, 0.0, 0.0]
    with torch.no_grad():
        for images, labels in batches(data, 512, 0, 0, False, runner):
            sums = [total + term for total, term in zip(sums, runner.look(images, labels))]
    loss, right, seen = summed(sums, runner.device)
    return loss / seen, right / seen


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
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32", help="what layers compute in")
    parser.add_argument(
        "--zero",
        type=int,
        choices=[0, 1, 2, 3],
        default=0,
        help="what processes share out: the optimizer's state (1), gradients too (2), weights too (3)",
    )
    parser.add_argument("--stages", nargs="+", metavar="LAYER", help="cut the model in front of these, a part for each process")
    parser.add_argument("--micro-batches", type=int, default=4, help="parts that a batch goes through the stages in")
    parser.add_argument("--workers", type=int, default=0, help="processes that read images, for each one that trains")
    parser.add_argument("--limit", type=int, help="the most images to learn from, and to test with")
    arguments = parser.parse_args()
    if arguments.stages and arguments.zero:
        parser.error("--stages and --zero are two ways to spread a model: use one of them")
    if arguments.micro_batches < 1:
        parser.error("--micro-batches is a number from 1")
    return arguments


def main():
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    is_gpu = torch.cuda.is_available()
    # torchrun says in the environment which of the processes this one is.
    if "RANK" in os.environ:
        dist.init_process_group("nccl" if is_gpu else "gloo")
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
    runner = (Pipelined if arguments.stages else Whole)(model, arguments, device)
    # What is left out at random is something else for other images.
    torch.manual_seed(arguments.seed + runner.replica)
    plateau = {"best": math.inf, "waited": 0, "reduction": 1.0}
    first_epoch = 0
    if before:
        runner.restore(before["optimizer"])
        plateau, first_epoch = before["plateau"], before["epoch"]
    for epoch in range(first_epoch, arguments.epochs):
        start = time.perf_counter()
        runner.model.train()
        sums = [0.0, 0.0, 0.0]
        loader = batches(train, arguments.batch, arguments.seed, epoch, True, runner)
        steps = len(loader)
        rate = arguments.lr
        for step, (images, labels) in enumerate(loader):
            rate = learning_rate(arguments.lr, epoch, step / steps, steps, arguments.epochs, plateau)
            for group in runner.optimizer.param_groups:
                group["lr"] = rate
            try:
                sums = [total + term for total, term in zip(sums, runner.learn(images, labels))]
            except Diverged as found:
                value, place = found.args
                raise SystemExit(f"the loss is {value} in step {step + 1} of epoch {epoch + 1}; the first values that are no numbers any more are those of {place}: try a smaller learning rate than {rate:g}")
        seconds = time.perf_counter() - start
        loss_sum, right, seen = summed(sums, device)
        end_epoch(plateau, loss_sum / seen)
        line = f"epoch {epoch + 1}/{arguments.epochs}  loss {loss_sum / seen:.4f}  accuracy {right / seen:.2%}"
        if test is not None:
            _, accuracy = evaluate(runner, test)
            line += f"  test {accuracy:.2%}"
        gathered = runner.gathered()
        if gathered is not None:
            whole, state = gathered
            kept = {"model": whole.state_dict(), "optimizer": state, "plateau": plateau, "epoch": epoch + 1}
            write(checkpoint, lambda path: torch.save(kept, path))
            write(arguments.out, lambda path: save_weights(whole, path))
            print(f"{line}  lr {rate:.3g}  {seconds:.1f} s, {seen / seconds:,.0f} images/s", flush=True)
    if dist.is_initialized():
        # Once all are done, each process ends at once: taken apart, groups of PyTorch 1.13 may wait for their threads forever.
        dist.barrier()
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
`;
