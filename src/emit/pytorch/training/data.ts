/** The part of a training script that reads images. */
export const DATA = `
class Images(Dataset):
    """Images in memory: bytes, N x height x width x channels, and the class of each."""

    skips_images = False

    def __init__(self, images, labels, limit):
        self.images = torch.from_numpy(images[:limit])
        self.labels = torch.from_numpy(labels[:limit].astype("int64"))

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, indices):
        if self.skips_images:
            return None, self.labels[indices]
        return fitted(self.images[indices].permute(0, 3, 1, 2).float() / 255), self.labels[indices]


class Files(Dataset):
    """Images in files, read when they are needed."""

    skips_images = False

    def __init__(self, folder, classes, limit):
        found = [(path, label) for label, name in enumerate(classes) for path in sorted((folder / name).iterdir())]
        if not found:
            raise SystemExit(f"{folder} has no images in the folders of its classes")
        step = max(1, len(found) // limit) if limit else 1
        self.files = found[::step][:limit]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, indices):
        labels = torch.tensor([self.files[index][1] for index in indices])
        if self.skips_images:
            return None, labels
        from PIL import Image

        mode = "L" if SIZE[2] == 1 else "RGB"
        pictures = []
        for path, _ in (self.files[index] for index in indices):
            values = torch.from_numpy(numpy.array(Image.open(path).convert(mode))).float() / 255
            pictures.append(fitted(values.reshape(1, *values.shape[:2], -1).permute(0, 3, 1, 2)))
        return torch.cat(pictures), labels


def fitted(images):
    """Images of the model's size: padded with zeros where they are a little smaller, resized elsewhere."""
    height, width, channels = SIZE
    images = images.contiguous()
    if images.shape[1] != channels:
        weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
        images = (images[:, :3] * weights).sum(1, keepdim=True) if channels == 1 else images.expand(-1, channels, -1, -1)
    rows, columns = height - images.shape[2], width - images.shape[3]
    if 0 <= rows <= height / 4 and 0 <= columns <= width / 4:
        top, left = rows // 2, columns // 2
        return F.pad(images, (left, columns - left, top, rows - top))
    return F.interpolate(images, size=(height, width), mode="bilinear", align_corners=False, antialias=True)


def read_idx(path, axes):
    """The IDX format of MNIST: a magic number, the length of each axis, bytes."""
    data = (gzip.open if path.suffix == ".gz" else open)(path, "rb").read()
    shape = numpy.frombuffer(data, ">u4", axes, 4)
    if data[:4] != bytes([0, 0, 8, axes]) or len(data) != 4 + 4 * axes + shape.prod():
        raise SystemExit(f"{path} is no IDX file of bytes with {axes} axes")
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * axes).reshape(shape)


def read_data(folder, limit):
    """The images to learn from, and those for the test or None."""
    folder = Path(folder)
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder")

    def idx(part):
        images = sorted(folder.glob(f"{part}*images*idx3*ubyte*"))
        labels = sorted(folder.glob(f"{part}*labels*idx1*ubyte*"))
        if not images or not labels:
            return None
        return Images(read_idx(images[0], 3)[..., None].copy(), read_idx(labels[0], 1), limit)

    if idx("train"):
        return idx("train"), idx("t10k") or idx("test")

    def cifar(pattern, label_bytes):
        files = sorted(folder.glob(pattern))
        if not files:
            return None
        data = numpy.concatenate([numpy.fromfile(path, numpy.uint8) for path in files]).reshape(-1, label_bytes + 3072)
        images = data[:, label_bytes:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
        return Images(numpy.ascontiguousarray(images), data[:, label_bytes - 1], limit)

    for train, test, label_bytes in (("data_batch_*.bin", "test_batch.bin", 1), ("train.bin", "test.bin", 2)):
        if cifar(train, label_bytes):
            return cifar(train, label_bytes), cifar(test, label_bytes)
    root = folder / "train" if (folder / "train").is_dir() else folder
    classes = sorted(path.name for path in root.iterdir() if path.is_dir())
    if len(classes) < 2:
        raise SystemExit(f"{folder} holds no data that is known: MNIST's files, CIFAR's, or a folder for each class")
    tests = [folder / name for name in ("test", "val", "validation") if (folder / name).is_dir() and root != folder]
    return Files(root, classes, limit), Files(tests[0], classes, limit) if tests else None
`;
