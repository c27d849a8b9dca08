"""`python -m training.base model.safetensors OUT.npz`: the base weights in half precision, small to carry."""

import sys

import numpy as np
from safetensors.numpy import load_file


def main(source: str, out: str) -> None:
    kept = {name: array.astype(np.float16) for name, array in load_file(source).items() if "pooler" not in name}
    np.savez(out, **{name: array for name, array in kept.items() if array.dtype == np.float16})
    print(f"{sum(array.size for array in kept.values()):,} weights -> {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
